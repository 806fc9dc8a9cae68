'use client';

import { useState } from 'react';
import type { FormHelp } from '@/components/ui/action-form';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';

interface BrandFieldsProps {
  form: FormHelp;
  color: string;
  logoUrl: string;
  errorOf: (form: FormHelp, name: string) => string | undefined;
}

/** Colour and logo that new templates begin with; the colour is shown beside its code. */
export function BrandFields({ form, color, logoUrl, errorOf }: BrandFieldsProps) {
  const [typed, setTyped] = useState(form.value('brandColor', color) ?? '');
  const isColor = /^#[0-9a-f]{6}$/i.test(typed);
  return (
    <>
      <Field
        label="Brand colour"
        hint="Buttons and links of new templates."
        error={errorOf(form, 'brandColor')}
        optional
      >
        {(control) => (
          <span className="flex items-center gap-2">
            <input
              type="color"
              aria-label="Pick the brand colour"
              value={isColor ? typed : '#141b28'}
              onChange={(event) => setTyped(event.target.value)}
              className="size-9 shrink-0 cursor-pointer rounded-md border border-field bg-sheet p-1"
            />
            <Input
              {...control}
              name="brandColor"
              mono
              placeholder="#14877d"
              maxLength={7}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
              className="max-w-32"
            />
          </span>
        )}
      </Field>
      <Field label="Logo" hint="The https address of a picture." error={errorOf(form, 'logoUrl')} optional>
        {(control) => (
          <Input {...control} name="logoUrl" type="url" inputMode="url" defaultValue={form.value('logoUrl', logoUrl)} />
        )}
      </Field>
    </>
  );
}
