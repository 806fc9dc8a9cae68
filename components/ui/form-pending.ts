'use client';

import { createContext } from 'react';

/** True while the form around is being sent. */
export const FormPending = createContext(false);
