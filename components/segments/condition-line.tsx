'use client';

import { ArrowDown, ArrowUp, Copy, Ellipsis, Group, Trash2 } from 'lucide-react';
import { useId } from 'react';
import { cn } from '@/components/ui/cn';
import { Menu, MenuItem, MenuSeparator } from '@/components/ui/dropdown-menu';
import { FieldError } from '@/components/ui/field';
import { IconButton } from '@/components/ui/icon-button';
import { ConditionFields, leadOf } from './condition-fields';
import { duplicateNode, moveNode, removeNode, replaceNode, wrapNode } from './edit-draft';
import { useRule } from './rule-context';
import type { DraftCondition } from './rule-draft';
import { SubjectPicker } from './subject-picker';

/** One condition as a line that reads as a sentence; its actions at the right. */
export function ConditionLine({ condition }: { condition: DraftCondition }) {
  const { catalogue, problems, insist, change } = useRule();
  const id = useId();
  const lead = leadOf(condition, catalogue.attributes);
  const problem = problems[condition.key];
  const isWrong = insist && problem !== undefined;

  function put(next: DraftCondition) {
    change((root) => replaceNode(root, condition.key, next));
  }

  return (
    <div className="flex items-start gap-2" data-condition={condition.key}>
      <div className="flex min-w-0 grow flex-col gap-1">
        <div className="flex flex-wrap items-center gap-2">
          {lead && (
            <SubjectPicker
              lineKey={condition.key}
              onPick={(next) => put({ ...next, key: condition.key })}
              trigger={
                <button
                  type="button"
                  aria-label={`${lead}: choose something else`}
                  className="h-9 max-w-full truncate rounded-sm border-rule-strong border-b border-dashed px-1 font-medium transition-colors hover:border-ink"
                >
                  {lead}
                </button>
              }
            />
          )}
          <ConditionFields
            condition={condition}
            onChange={put}
            invalid={isWrong}
            describedBy={problem ? id : undefined}
          />
        </div>
        {isWrong && <FieldError id={id} message={problem} />}
        {!isWrong && problem && (
          <p id={id} className="text-ink-faint text-xs">
            {problem}
          </p>
        )}
      </div>
      <NodeMenu nodeKey={condition.key} noun="condition" />
    </div>
  );
}

interface NodeMenuProps {
  nodeKey: string;
  noun: 'condition' | 'group';
  onUnwrap?: () => void;
}

/** What can be done with a line of the rule, by mouse and by keys. */
export function NodeMenu({ nodeKey, noun, onUnwrap }: NodeMenuProps) {
  const { change } = useRule();
  const Wrap = <Group />;
  return (
    <span className="flex shrink-0 items-center">
      <Menu trigger={<IconButton label={`More for this ${noun}`} icon={<Ellipsis />} className="size-9" />}>
        <MenuItem icon={<ArrowUp />} onSelect={() => change((root) => moveNode(root, nodeKey, -1))}>
          Move up
        </MenuItem>
        <MenuItem icon={<ArrowDown />} onSelect={() => change((root) => moveNode(root, nodeKey, 1))}>
          Move down
        </MenuItem>
        <MenuItem icon={<Copy />} onSelect={() => change((root) => duplicateNode(root, nodeKey))}>
          Duplicate
        </MenuItem>
        <MenuSeparator />
        {onUnwrap ? (
          <MenuItem icon={Wrap} onSelect={onUnwrap}>
            Dissolve the group
          </MenuItem>
        ) : (
          <MenuItem icon={Wrap} onSelect={() => change((root) => wrapNode(root, nodeKey))}>
            Put into a group
          </MenuItem>
        )}
      </Menu>
      <IconButton
        label={`Remove this ${noun}`}
        icon={<Trash2 />}
        className={cn('size-9')}
        onClick={() => change((root) => removeNode(root, nodeKey))}
      />
    </span>
  );
}
