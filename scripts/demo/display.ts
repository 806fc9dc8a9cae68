import { STRIP_SEGMENTS, stripTotal } from '@/lib/domain/strip';
import type { DemoProgress, DemoStep } from './scenario';

const BAR_CELLS = 32;
const LINE_EVERY_MS = 3000;
const whole = new Intl.NumberFormat('en');

/** The strip in characters: segments in their order, every segment that is not empty at least one cell. */
export function stripBar({ counts }: DemoStep, cells = BAR_CELLS): string {
  const total = stripTotal(counts);
  if (total === 0) return ' '.repeat(cells);
  const parts = STRIP_SEGMENTS.filter(({ key }) => counts[key] > 0).map(({ key, glyph }) => ({
    glyph,
    width: Math.max(1, Math.floor((counts[key] / total) * cells)),
  }));
  const widest = parts.reduce((a, b) => (b.width > a.width ? b : a));
  widest.width += cells - parts.reduce((sum, part) => sum + part.width, 0);
  return parts.map(({ glyph, width }) => glyph.repeat(Math.max(0, width))).join('');
}

function stepLine(step: DemoStep, nameWidth: number): string {
  const numbers = STRIP_SEGMENTS.filter(({ key }) => step.counts[key] > 0).map(
    ({ key, label }) => `${whole.format(step.counts[key])} ${label.toLowerCase()}`,
  );
  const total = whole.format(stripTotal(step.counts));
  return `  ${step.step.padEnd(nameWidth)} ${stripBar(step)} ${numbers.join(' · ') || 'nobody yet'} = ${total}`;
}

export function duration(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

/** The progress of a run in lines: what happens now, one strip per step. */
export function progressLines(progress: DemoProgress): string[] {
  const rate =
    progress.messagesPerSecond === null ? '' : ` · ${whole.format(Math.round(progress.messagesPerSecond))} messages/s`;
  const left = progress.secondsLeft === null ? '' : ` · about ${duration(progress.secondsLeft)} left`;
  const nameWidth = Math.max(0, ...progress.steps.map((step) => step.step.length));
  return [`${progress.headline}${rate}${left}`, ...progress.steps.map((step) => stepLine(step, nameWidth))];
}

/** The line that has to add up: everybody who was asked for, those left out by reason, and who remained. */
export function reconciliation({ audience, excluded, balanced }: DemoProgress): string {
  const reasons = Object.entries(excluded).filter(([, count]) => count > 0);
  const out = reasons.reduce((sum, [, count]) => sum + count, 0);
  const why = reasons.map(([reason, count]) => ` − ${whole.format(count)} ${reason.replaceAll('_', ' ')}`).join('');
  const verdict = balanced ? 'every one is accounted for' : 'THE BOOKS DO NOT BALANCE';
  return `${whole.format(audience + out)} invited${why} = ${whole.format(audience)} in the run; ${verdict}.`;
}

export interface Screen {
  say(line: string): void;
  show(lines: string[]): void;
}

/** Writes to a terminal in place, to anything else a few lines every three seconds. */
export function openScreen(out: NodeJS.WriteStream): Screen {
  let shown = 0;
  let lastText = '';
  let lastAt = 0;
  const erase = () => {
    if (shown > 0) out.write(`\x1b[${shown}A\x1b[0J`);
    shown = 0;
  };
  return {
    say(line) {
      erase();
      out.write(`${line}\n`);
      lastText = '';
    },
    show(lines) {
      if (out.isTTY) {
        const cut = lines.map((line) => line.slice(0, Math.max(20, (out.columns || 80) - 1)));
        erase();
        out.write(`${cut.join('\n')}\n`);
        shown = cut.length;
        return;
      }
      const text = lines.join('\n');
      if (text === lastText || Date.now() - lastAt < LINE_EVERY_MS) return;
      lastText = text;
      lastAt = Date.now();
      out.write(`${text}\n`);
    },
  };
}
