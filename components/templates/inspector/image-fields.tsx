'use client';

import { Upload } from 'lucide-react';
import { useId, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { cn } from '@/components/ui/cn';
import { FieldError } from '@/components/ui/field';
import { ImageLibrary } from '../image-library';
import { TagField } from '../tag-field';
import { IMAGE_TYPES, type StoredImage, useUpload } from '../use-upload';
import { AlignField } from './align-field';
import { type BlockOf, useBlockFields } from './block-fields';
import { ChoiceRow } from './choice';
import { NumberField } from './number-field';

export function ImageFields({ block }: { block: BlockOf<'image'> }) {
  const { set, error, fields, isReadOnly } = useBlockFields<'image'>(block);
  return (
    <>
      <Picture src={block.src} disabled={isReadOnly} onImage={({ src }) => set('src', src)} />
      <TagField
        label="Address"
        mono
        value={block.src}
        onChange={(value) => set('src', value)}
        fields={fields}
        disabled={isReadOnly}
        error={error('src')}
      />
      <TagField
        label="Description"
        value={block.alt}
        onChange={(value) => set('alt', value)}
        fields={fields}
        disabled={isReadOnly}
        error={error('alt')}
        hint="Read aloud, and shown where pictures are blocked."
      />
      <TagField
        label="Leads to"
        optional
        mono
        value={block.href ?? ''}
        onChange={(value) => set('href', value || undefined)}
        fields={fields}
        disabled={isReadOnly}
        error={error('href')}
        placeholder="https://"
      />
      <ChoiceRow>
        <NumberField
          label="Width"
          unit="px"
          optional
          value={block.widthPx}
          onChange={(value) => set('widthPx', value)}
          error={error('widthPx')}
        />
        <AlignField value={block.align} onChange={(value) => set('align', value)} />
        <Checkbox
          label="Edge to edge"
          className="pb-1.5"
          checked={block.isFullWidth ?? false}
          onCheckedChange={(value) => set('isFullWidth', value === true)}
        />
      </ChoiceRow>
    </>
  );
}

interface PictureProps {
  src: string;
  disabled: boolean;
  onImage: (image: StoredImage) => void;
}

/** The picture, and the ways to another: choosing a file, dropping one, taking one used before. */
function Picture({ src, disabled, onImage }: PictureProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const { upload, pending, problem } = useUpload(onImage);
  const isShown = /^(?:https:\/\/|\/(?!\/))/.test(src) && !src.includes('{');
  return (
    <div className="flex flex-col gap-2">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is an extra; the button does the same */}
      <div
        onDragOver={(event) => {
          event.preventDefault();
          setOver(!disabled);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          if (!disabled) void upload(event.dataTransfer.files[0]);
        }}
        className={cn(
          'flex min-h-28 flex-wrap items-center gap-4 rounded-md border border-rule-strong border-dashed p-3',
          over && 'border-link border-solid bg-link-wash',
        )}
      >
        {isShown && (
          // biome-ignore lint/performance/noImgElement: any address a customer names, as large as it is
          <img src={src} alt="" className="h-24 max-w-40 rounded-sm bg-well object-contain" />
        )}
        <div className="flex flex-col gap-2">
          <span className="flex flex-wrap gap-2">
            <input
              ref={input}
              id={id}
              type="file"
              accept={IMAGE_TYPES}
              className="sr-only"
              tabIndex={-1}
              aria-label="Image file"
              onChange={(event) => {
                void upload(event.target.files?.[0]);
                event.target.value = '';
              }}
            />
            <Button size="sm" pending={pending} disabled={disabled} onClick={() => input.current?.click()}>
              <Upload /> Upload
            </Button>
            <ImageLibrary onChoose={onImage} disabled={disabled} />
          </span>
          <span className="text-ink-faint text-xs">PNG, JPEG, GIF or WebP up to 5 MB, or drop one here</span>
        </div>
      </div>
      <FieldError message={problem} />
    </div>
  );
}
