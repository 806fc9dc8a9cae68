import type { AddressInfo, Socket } from 'node:net';
import smpp, { type Pdu, type Session } from 'smpp';
import type { SmppFault } from './fault-plan';
import { countFault, type ProviderState } from './provider-state';

const ROK = 0;
const REFUSALS: Partial<Record<SmppFault, number>> = {
  throttled: 0x58,
  queue_full: 0x14,
  system_error: 0x08,
  invalid_destination: 0x0b,
};
const BIND_FAILED = 0x0e;

interface Part {
  number: number;
  total: number;
}

/** Reads the concatenation header the library has split off. */
function partOf(pdu: Pdu): Part {
  const body: unknown = pdu.short_message;
  const headers = typeof body === 'object' && body !== null && 'udh' in body && Array.isArray(body.udh) ? body.udh : [];
  const joined: unknown = headers.find((header: unknown) => Buffer.isBuffer(header) && header[0] === 0x00);
  if (!Buffer.isBuffer(joined)) return { number: 1, total: 1 };
  return { number: joined[4] ?? 1, total: joined[3] ?? 1 };
}

function sendReceipt(session: Session, pdu: Pdu, messageId: string, status: 'delivered' | 'undelivered'): void {
  const word = status === 'delivered' ? 'DELIVRD' : 'UNDELIV';
  session.deliver_sm({
    esm_class: 0x04,
    source_addr: pdu.destination_addr,
    destination_addr: pdu.source_addr,
    short_message: Buffer.from(
      `id:${messageId} sub:001 dlvrd:001 submit date:2601010000 done date:2601010000 stat:${word} err:000 text:`,
    ),
    receipted_message_id: messageId,
    message_state: status === 'delivered' ? 2 : 5,
    user_message_reference: pdu.user_message_reference,
  });
}

async function submit(state: ProviderState, session: Session, pdu: Pdu): Promise<void> {
  const number = String(pdu.destination_addr ?? '');
  const to = `+${number}`;
  const part = partOf(pdu);
  const named = part.number > 1 ? `${to}#${part.number}` : to;
  const fault = state.dice.scripted(named, state.plan.smppScript) ?? state.dice.draw(`smpp\0${to}`, state.plan.smpp);
  if (fault) countFault(state, 'smpp', fault);
  const delayMs = state.dice.between(state.plan.latencyMs, to);
  if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
  const refusal = fault ? REFUSALS[fault] : undefined;
  if (refusal !== undefined) return void session.send(pdu.response({ command_status: refusal }));
  if (fault === 'reset') return void session.socket.resetAndDestroy();

  const key = `${to}:${String(pdu.user_message_reference ?? '')}${part.number > 1 ? `#${part.number}` : ''}`;
  const messageId = `faulty-${state.ledger.nextNumber()}`;
  const parts = part.total > 1 ? { part: `${part.number}/${part.total}` } : {};
  await state.ledger.record([{ dialect: 'smpp', key, to, providerMessageId: messageId, ...parts }]);
  if (fault === 'accepted_reset') return void session.socket.resetAndDestroy();
  const { receipt } = state.plan;
  if (fault !== 'accepted_hang') session.send(pdu.response({ message_id: messageId }));
  if (pdu.registered_delivery === 1 && receipt !== 'none') sendReceipt(session, pdu, messageId, receipt);
  if (fault === 'accepted_unbind') session.unbind();
}

/** An SMSC on loopback: any credentials but the system id `refused` may bind. */
export async function listenSmpp(
  port: number,
  host: string,
  state: ProviderState,
): Promise<{ port: number; close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const server = smpp.createServer((session) => {
    sockets.add(session.socket);
    session.on('close', () => sockets.delete(session.socket));
    session.on('error', () => session.destroy());
    const bind = (pdu: Pdu) => {
      session.send(
        pdu.response({ command_status: pdu.system_id === 'refused' ? BIND_FAILED : ROK, system_id: 'faulty' }),
      );
    };
    session.on('bind_transceiver', bind);
    session.on('bind_transmitter', bind);
    session.on('enquire_link', (pdu: Pdu) => session.send(pdu.response()));
    session.on('unbind', (pdu: Pdu) => {
      session.send(pdu.response());
      session.close();
    });
    session.on('submit_sm', (pdu: Pdu) => {
      submit(state, session, pdu).catch(() => session.send(pdu.response({ command_status: 0x08 })));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
