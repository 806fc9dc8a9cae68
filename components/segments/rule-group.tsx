'use client';

import { Group, Plus } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { Select } from '@/components/ui/select';
import { MAX_RULE_DEPTH } from '@/lib/domain/segment';
import { ConditionLine, NodeMenu } from './condition-line';
import { appendNode, replaceNode, unwrapNode } from './edit-draft';
import { useRule } from './rule-context';
import { type DraftGroup, type DraftNode, newKey } from './rule-draft';
import { SubjectPicker } from './subject-picker';

const MATCH = [
  { value: 'all', label: 'all', between: 'and' },
  { value: 'any', label: 'any', between: 'or' },
  { value: 'none', label: 'none', between: 'nor' },
] as const;

/** Who a group without conditions means; said aloud, because it is not obvious. */
const EMPTY_WORDS = {
  all: 'Without conditions this is everybody.',
  any: 'Any of nothing is nobody: add a condition.',
  none: 'None of nothing is everybody.',
} as const;

interface RuleGroupProps {
  group: DraftGroup;
  depth?: number;
}

/** A group of conditions under `all`, `any` or `none`; groups nest, each level behind its own rule. */
export function RuleGroup({ group, depth = 1 }: RuleGroupProps) {
  const { change } = useRule();
  const isRoot = depth === 1;
  const between = MATCH.find(({ value }) => value === group.match)?.between ?? 'and';

  function setMatch(value: string) {
    const match = MATCH.find((one) => one.value === value)?.value ?? group.match;
    change((root) => {
      const now = isRoot ? root : group;
      return replaceNode(root, group.key, { ...now, match });
    });
  }

  return (
    <fieldset className="min-w-0">
      <legend className="sr-only">{isRoot ? 'The rule' : `Group: ${group.match} of these`}</legend>
      <div className="flex items-start justify-between gap-2">
        <div className="flex min-h-9 flex-wrap items-center gap-2">
          {isRoot && <span>A contact is in when</span>}
          <Select
            aria-label={isRoot ? 'How many must hold' : 'How many of this group must hold'}
            className="w-auto font-medium"
            value={group.match}
            onValueChange={setMatch}
            options={MATCH.map(({ value, label }) => ({ value, label }))}
          />
          <span>{group.match === 'any' ? 'of these holds' : 'of these hold'}</span>
        </div>
        {!isRoot && (
          <NodeMenu nodeKey={group.key} noun="group" onUnwrap={() => change((root) => unwrapNode(root, group.key))} />
        )}
      </div>
      <div
        className={cn('mt-2 flex flex-col border-l-2 pl-3 sm:pl-4', isRoot ? 'border-ink' : 'border-rule-strong')}
        data-group={group.key}
      >
        {group.rules.length === 0 && <p className="py-2 text-ink-faint text-sm">{EMPTY_WORDS[group.match]}</p>}
        {group.rules.map((node, index) => (
          <Line key={node.key} node={node} depth={depth} between={index > 0 ? between : undefined} />
        ))}
        <AddRow groupKey={group.key} canNest={depth + 1 < MAX_RULE_DEPTH} isFirst={group.rules.length === 0} />
      </div>
    </fieldset>
  );
}

function Line({ node, depth, between }: { node: DraftNode; depth: number; between: string | undefined }) {
  return (
    <>
      {between && (
        <div className="flex items-center gap-2 py-1 font-mono text-ink-faint text-xs" aria-hidden="true">
          {between}
          <span className="h-px grow bg-rule" />
        </div>
      )}
      <div className="py-1.5">
        {node.kind === 'group' ? <RuleGroup group={node} depth={depth + 1} /> : <ConditionLine condition={node} />}
      </div>
    </>
  );
}

function AddRow({ groupKey, canNest, isFirst }: { groupKey: string; canNest: boolean; isFirst: boolean }) {
  const { change } = useRule();
  return (
    <div className={cn('flex flex-wrap gap-2 pt-2', !isFirst && 'mt-1')}>
      <SubjectPicker
        onPick={(condition) => change((root) => appendNode(root, groupKey, condition))}
        trigger={
          <Button size="sm">
            <Plus /> Add condition
          </Button>
        }
      />
      {canNest && (
        <Button
          size="sm"
          variant="quiet"
          onClick={() =>
            change((root) => appendNode(root, groupKey, { key: newKey(), kind: 'group', match: 'any', rules: [] }))
          }
        >
          <Group /> Add group
        </Button>
      )}
    </div>
  );
}
