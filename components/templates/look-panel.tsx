'use client';

import type { ReactNode } from 'react';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Segmented } from '@/components/ui/segmented';
import { Select } from '@/components/ui/select';
import type { EmailTheme } from '@/lib/domain/template';
import { useEditor } from './editor-context';
import { NumberField } from './inspector/number-field';

type ColourKey = 'primary' | 'onPrimary' | 'background' | 'surface' | 'text' | 'muted';

const COLOURS: { key: ColourKey; label: string }[] = [
  { key: 'primary', label: 'Brand: buttons and links' },
  { key: 'onPrimary', label: 'Text on brand' },
  { key: 'background', label: 'Page behind the sheet' },
  { key: 'surface', label: 'Sheet' },
  { key: 'text', label: 'Text' },
  { key: 'muted', label: 'Quiet text' },
];

const LANGUAGES = [
  'en',
  'de',
  'fr',
  'es',
  'it',
  'pt',
  'nl',
  'pl',
  'sv',
  'tr',
  'ar',
  'he',
  'hi',
  'id',
  'ms',
  'th',
  'vi',
  'ja',
  'ko',
  'zh',
];

function languageOptions(current: string) {
  const names = new Intl.DisplayNames('en', { type: 'language' });
  const all = LANGUAGES.includes(current) ? LANGUAGES : [current, ...LANGUAGES];
  return all.map((value) => ({ value, label: names.of(value) ?? value }));
}

/** Colours, type and frame of the whole email. */
export function LookPanel({ errors }: { errors: Record<string, string> }) {
  const { document, edit, isReadOnly } = useEditor();
  const { theme, language } = document;

  function set<K extends keyof EmailTheme>(key: K, value: EmailTheme[K]) {
    edit((before) => ({ ...before, theme: { ...before.theme, [key]: value } }), `theme.${key}`);
  }

  return (
    <fieldset disabled={isReadOnly} className="flex min-w-0 flex-col gap-6">
      <legend className="sr-only">Look of the email</legend>
      <div className="grid gap-4 sm:grid-cols-2">
        {COLOURS.map(({ key, label }) => (
          <ColourField
            key={key}
            label={label}
            value={theme[key]}
            onChange={(value) => set(key, value)}
            error={errors[`theme.${key}`]}
          />
        ))}
      </div>
      <div className="grid gap-4 sm:grid-cols-2">
        <Group label="Type">
          <Segmented<EmailTheme['font']>
            label="Type"
            value={theme.font}
            onChange={(value) => set('font', value)}
            options={[
              { value: 'sans', label: 'Sans' },
              { value: 'serif', label: <span className="font-[Georgia,serif]">Serif</span>, name: 'Serif' },
              { value: 'system', label: 'System' },
            ]}
          />
        </Group>
        <Group label="Above the sheet">
          <Segmented<EmailTheme['header']>
            label="Above the sheet"
            value={theme.header}
            onChange={(value) => set('header', value)}
            options={[
              { value: 'name', label: 'Name' },
              { value: 'logo', label: 'Logo' },
              { value: 'none', label: 'Nothing' },
            ]}
          />
        </Group>
        <NumberField
          label="Rounded corners"
          unit="px"
          value={theme.radiusPx}
          onChange={(value) => value !== undefined && set('radiusPx', value)}
          error={errors['theme.radiusPx']}
        />
        <NumberField
          label="Width"
          unit="px"
          value={theme.widthPx}
          onChange={(value) => value !== undefined && set('widthPx', value)}
          error={errors['theme.widthPx']}
        />
        <Field label="Language" hint="For screen readers, dates and prices." error={errors.language}>
          {(control) => (
            <Select
              {...control}
              value={language}
              disabled={isReadOnly}
              onValueChange={(value) => edit((before) => ({ ...before, language: value }), 'language')}
              options={languageOptions(language)}
            />
          )}
        </Field>
      </div>
    </fieldset>
  );
}

function Group({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex flex-col items-start gap-1.5">
      <span aria-hidden="true" className="font-medium">
        {label}
      </span>
      {children}
    </div>
  );
}

interface ColourFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  error: string | undefined;
}

function ColourField({ label, value, onChange, error }: ColourFieldProps) {
  const isColour = /^#[0-9a-f]{6}$/i.test(value);
  return (
    <Field label={label} error={error}>
      {(control) => (
        <span className="flex items-center gap-2">
          <input
            type="color"
            aria-label={`Pick: ${label}`}
            value={isColour ? value : '#000000'}
            onChange={(event) => onChange(event.target.value)}
            className="size-9 shrink-0 cursor-pointer rounded-md border border-field bg-sheet p-1 disabled:cursor-not-allowed"
          />
          <Input {...control} mono maxLength={7} value={value} onChange={(event) => onChange(event.target.value)} />
        </span>
      )}
    </Field>
  );
}
