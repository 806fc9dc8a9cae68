'use client';

import { Checkbox } from '@/components/ui/checkbox';
import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/select';
import { DELIMITERS, type ImportOptions } from '@/lib/domain/import';

const ENCODINGS = [
  ['utf-8', 'UTF-8'],
  ['utf-16le', 'UTF-16 (little endian)'],
  ['utf-16be', 'UTF-16 (big endian)'],
  ['windows-1252', 'Western European (Windows)'],
  ['iso-8859-1', 'Western European (Latin 1)'],
  ['iso-8859-15', 'Western European (Latin 9)'],
  ['windows-1250', 'Central European (Windows)'],
  ['windows-1251', 'Cyrillic (Windows)'],
  ['windows-1254', 'Turkish (Windows)'],
  ['windows-1256', 'Arabic (Windows)'],
  ['windows-874', 'Thai (Windows)'],
  ['gb18030', 'Chinese, simplified (GB 18030)'],
  ['big5', 'Chinese, traditional (Big5)'],
  ['shift_jis', 'Japanese (Shift JIS)'],
  ['euc-kr', 'Korean (EUC-KR)'],
] as const;

const DELIMITER_LABELS: Record<ImportOptions['delimiter'], string> = {
  ',': 'Comma  ,',
  ';': 'Semicolon  ;',
  '\t': 'Tab',
  '|': 'Bar  |',
};

export interface Reading {
  encoding: string;
  delimiter: ImportOptions['delimiter'];
  hasHeader: boolean;
}

interface ReadingOptionsProps {
  reading: Reading;
  /** What was recognised by itself, to say when something else is chosen. */
  detected: Reading;
  onChange: (reading: Reading) => void;
}

/** How the bytes become rows: recognised by the server, changeable here. */
export function ReadingOptions({ reading, detected, onChange }: ReadingOptionsProps) {
  const encodings: { value: string; label: string }[] = ENCODINGS.map(([value, label]) => ({ value, label }));
  for (const { encoding } of [reading, detected]) {
    if (!encodings.some(({ value }) => value === encoding)) encodings.push({ value: encoding, label: encoding });
  }
  const hint = (isSame: boolean, word: string) => (isSame ? 'Recognised' : `Recognised: ${word}`);
  const nameOf = (encoding: string) => encodings.find(({ value }) => value === encoding)?.label ?? encoding;
  return (
    <div className="grid items-start gap-6 sm:grid-cols-3">
      <Field label="Encoding" hint={hint(reading.encoding === detected.encoding, nameOf(detected.encoding))}>
        {(control) => (
          <Select
            {...control}
            value={reading.encoding}
            onValueChange={(encoding) => onChange({ ...reading, encoding })}
            options={encodings}
          />
        )}
      </Field>
      <Field
        label="Columns are separated by"
        hint={hint(reading.delimiter === detected.delimiter, DELIMITER_LABELS[detected.delimiter])}
      >
        {(control) => (
          <Select
            {...control}
            value={reading.delimiter}
            onValueChange={(next) =>
              onChange({ ...reading, delimiter: DELIMITERS.find((one) => one === next) ?? reading.delimiter })
            }
            options={DELIMITERS.map((value) => ({ value, label: DELIMITER_LABELS[value] }))}
          />
        )}
      </Field>
      <Checkbox
        className="sm:pt-8"
        label="The first row has the names"
        checked={reading.hasHeader}
        onCheckedChange={(checked) => onChange({ ...reading, hasHeader: checked === true })}
      />
    </div>
  );
}
