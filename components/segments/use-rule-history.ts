'use client';

import { type KeyboardEvent, useReducer } from 'react';
import type { SegmentRule } from '@/lib/domain/segment';
import { type DraftGroup, draftOf } from './rule-draft';

interface History {
  past: DraftGroup[];
  draft: DraftGroup;
  future: DraftGroup[];
}

type Step = { kind: 'change'; edit: (root: DraftGroup) => DraftGroup } | { kind: 'undo' } | { kind: 'redo' };

const MAX_STEPS = 100;

/** Typing within one line is one step: only its last state and the one before it are kept. */
function isSameShape(a: DraftGroup, b: DraftGroup): boolean {
  const keys = (group: DraftGroup): string =>
    group.rules.map((node) => (node.kind === 'group' ? `${node.match}(${keys(node)})` : node.key)).join();
  return a.match === b.match && keys(a) === keys(b);
}

function step(history: History, action: Step): History {
  const { past, draft, future } = history;
  if (action.kind === 'change') {
    const next = action.edit(draft);
    if (next === draft) return history;
    const before = past.at(-1);
    const isTyping = before !== undefined && isSameShape(before, draft) && isSameShape(draft, next);
    return { past: isTyping ? past : [...past, draft].slice(-MAX_STEPS), draft: next, future: [] };
  }
  const [other] = action.kind === 'undo' ? past.slice(-1) : future;
  if (!other) return history;
  return action.kind === 'undo'
    ? { past: past.slice(0, -1), draft: other, future: [draft, ...future] }
    : { past: [...past, draft], draft: other, future: future.slice(1) };
}

function begin(rule: SegmentRule): History {
  const draft = draftOf(rule);
  const root: DraftGroup =
    draft.kind === 'group' ? draft : { key: 'rule', kind: 'group', match: 'all', rules: [draft] };
  return { past: [], draft: root, future: [] };
}

/** The rule being edited with undo and redo, by buttons and by ⌘Z outside text fields. */
export function useRuleHistory(rule: SegmentRule) {
  const [history, dispatch] = useReducer(step, rule, begin);

  function onKeyDown(event: KeyboardEvent) {
    const isText = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement;
    if (isText || !(event.metaKey || event.ctrlKey) || event.key.toLowerCase() !== 'z') return;
    event.preventDefault();
    dispatch({ kind: event.shiftKey ? 'redo' : 'undo' });
  }

  return {
    draft: history.draft,
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
    change: (edit: (root: DraftGroup) => DraftGroup) => dispatch({ kind: 'change', edit }),
    undo: () => dispatch({ kind: 'undo' }),
    redo: () => dispatch({ kind: 'redo' }),
    onKeyDown,
  };
}
