'use client';

import { Filter, Globe, List, X } from 'lucide-react';
import { Badge } from '@/components/ui/badge';
import { Combobox } from '@/components/ui/combobox';
import { Fieldset } from '@/components/ui/field';
import { IconButton } from '@/components/ui/icon-button';
import { Link } from '@/components/ui/link';
import type { AudienceSource } from '@/lib/domain/campaign';
import type { CampaignChoices } from '@/lib/features/campaigns/campaign-choices';
import { useBuilder } from './builder-context';

interface SourceListProps {
  legend: string;
  hint?: string;
  sources: AudienceSource[];
  onChange: (sources: AudienceSource[]) => void;
  placeholder: string;
  /** Instead of lines while there are none and nothing can be added. */
  none: string;
  /** Everybody can be included, and never excluded. */
  withEveryone?: boolean;
}

const ICON = { list: List, segment: Filter, everyone: Globe } as const;

const keyOf = (source: AudienceSource) => (source.kind === 'everyone' ? 'everyone' : `${source.kind}:${source.id}`);

function sourceOf(key: string): AudienceSource | null {
  if (key === 'everyone') return { kind: 'everyone' };
  const [kind, id] = key.split(':');
  return id && (kind === 'list' || kind === 'segment') ? { kind, id } : null;
}

/** Lists and segments, each on its line; whoever is in several counts once. */
export function SourceList(props: SourceListProps) {
  const { legend, hint, sources, onChange, placeholder, none, withEveryone = false } = props;
  const { choices, canEdit } = useBuilder();
  const chosen = new Set(sources.map(keyOf));
  const options = [
    ...(withEveryone ? [{ value: 'everyone', label: 'Everyone', hint: 'All contacts of the workspace' }] : []),
    ...choices.lists
      .filter(({ gone }) => !gone)
      .map(({ id, name }) => ({ value: `list:${id}`, label: name, aside: 'List' })),
    ...choices.segments
      .filter(({ gone }) => !gone)
      .map(({ id, name }) => ({ value: `segment:${id}`, label: name, aside: 'Segment' })),
  ].filter(({ value }) => !chosen.has(value));
  return (
    <Fieldset legend={legend} hint={hint}>
      {sources.length > 0 && (
        <ul className="border-rule border-t">
          {sources.map((source) => (
            <SourceLine
              key={keyOf(source)}
              source={source}
              choices={choices}
              onRemove={canEdit ? () => onChange(sources.filter((each) => each !== source)) : null}
            />
          ))}
        </ul>
      )}
      {!canEdit && sources.length === 0 && <p className="text-ink-soft">{none}</p>}
      {canEdit && (
        <Combobox
          noun="lists and segments"
          aria-label={`${legend}: add`}
          placeholder={placeholder}
          options={options}
          value={[]}
          onChange={([key]) => {
            const source = key ? sourceOf(key) : null;
            if (source) onChange([...sources, source]);
          }}
        />
      )}
    </Fieldset>
  );
}

interface SourceLineProps {
  source: AudienceSource;
  choices: CampaignChoices;
  onRemove: (() => void) | null;
}

function SourceLine({ source, choices, onRemove }: SourceLineProps) {
  const Icon = ICON[source.kind];
  const among = source.kind === 'list' ? choices.lists : choices.segments;
  const known = source.kind === 'everyone' ? undefined : among.find(({ id }) => id === source.id);
  const name = source.kind === 'everyone' ? 'Everyone' : (known?.name ?? 'No longer there');
  const href = source.kind === 'everyone' ? '/contacts' : `/${source.kind}s/${source.id}`;
  return (
    <li className="flex min-h-11 items-center gap-3 border-rule border-b py-1">
      <Icon className="size-4 shrink-0 text-ink-faint" aria-hidden="true" />
      <Link href={href} className="min-w-0 truncate rounded-xs font-medium hover:text-link hover:underline">
        {name}
      </Link>
      {source.kind !== 'everyone' && (
        <span className="text-ink-faint text-xs">{source.kind === 'list' ? 'List' : 'Segment'}</span>
      )}
      {known?.gone && <Badge tone="attention">Archived</Badge>}
      {source.kind !== 'everyone' && !known && <Badge tone="failed">Gone</Badge>}
      {onRemove && (
        <span className="ml-auto">
          <IconButton label={`Remove ${name}`} icon={<X />} onClick={onRemove} />
        </span>
      )}
    </li>
  );
}
