declare module 'smpp' {
  import type { EventEmitter } from 'node:events';
  import type { LookupFunction, Server, Socket } from 'node:net';

  export interface Pdu {
    command: string;
    command_status: number;
    sequence_number: number;
    response(fields?: Record<string, unknown>): Pdu;
    isResponse(): boolean;
    [field: string]: unknown;
  }
  type OnResponse = (pdu: Pdu) => void;
  export interface Session extends EventEmitter {
    socket: Socket;
    send(pdu: Pdu, onResponse?: OnResponse): boolean;
    bind_transceiver(fields: Record<string, unknown>, onResponse: OnResponse): boolean;
    bind_transmitter(fields: Record<string, unknown>, onResponse: OnResponse): boolean;
    submit_sm(fields: Record<string, unknown>, onResponse: OnResponse): boolean;
    deliver_sm(fields: Record<string, unknown>, onResponse?: OnResponse): boolean;
    enquire_link(onResponse: OnResponse): boolean;
    unbind(onResponse?: OnResponse): boolean;
    close(onClosed?: () => void): void;
    destroy(onClosed?: () => void): void;
  }
  const smpp: {
    connect(options: {
      host: string;
      port: number;
      tls?: boolean;
      servername?: string;
      lookup?: LookupFunction;
    }): Session;
    createServer(onSession: (session: Session) => void): Server;
  };
  export default smpp;
}
