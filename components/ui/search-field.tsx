'use client';

import { useState } from 'react';
import { SearchGlyph } from './glyphs';
import { Input, InputGroup } from './input';

interface SearchFieldProps {
  label: string;
  placeholder: string;
  /** What is searched for as the page opens. */
  value: string | undefined;
  onType(value: string): void;
}

/** Finds something in a list as one types. */
export function SearchField({ label, placeholder, value, onType }: SearchFieldProps) {
  const [text, setText] = useState(value ?? '');
  return (
    <div className="w-80 max-sm:w-full">
      <InputGroup before={<SearchGlyph />}>
        <Input
          type="search"
          aria-label={label}
          placeholder={placeholder}
          maxLength={200}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            onType(event.target.value.trim());
          }}
        />
      </InputGroup>
    </div>
  );
}
