// Written by `npm run api` from the OpenAPI document. 9caaa1d1e543a22fa785ba61904c62eb0a18a3c24962bd968c469f6c05e3249d
export type ApiKey = {
  id: string;
  name: string;
  prefix: string;
  live: boolean;
  scopes: string[];
  createdBy: string;
  createdAt: string;
  expiresAt: string | null;
  /** To the minute */ lastUsedAt: string | null;
  revokedAt: string | null;
};
export type Asset = {
  id: string;
  /** Path on this installation */ src: string;
  fileName: string;
  width: number | null;
  height: number | null;
  createdAt: string;
};
export type AttentionItem = {
  kind:
    | 'stalled'
    | 'overdue'
    | 'occurrence'
    | 'paused_by_breaker'
    | 'held'
    | 'paused'
    | 'not_started'
    | 'in_doubt'
    | 'failed'
    | 'provider';
  /** The run, the provider account, or the recurring campaign */ subjectId: string;
  name: string;
  since: string;
  n: number;
  reason: string | null;
};
export type AudienceCount = {
  listTotal: number;
  excluded: {
    reason: string;
    n: number;
  }[];
  audience: number;
};
export type AuditItem = {
  id: string;
  at: string;
  actor: {
    type: string;
    id: string;
    name: string;
  };
  action: string;
  subjectType: string;
  subjectId: string;
  data: Record<string, unknown>;
  /** Digest over the entry and the hash of the one before it */ hash: string;
};
export type Campaign = {
  id: string;
  name: string;
  status: 'draft' | 'active' | 'archived';
  draft: {
    audience: {
      include?: (
        | {
            kind: 'list';
            id: string;
          }
        | {
            kind: 'segment';
            id: string;
          }
        | {
            kind: 'everyone';
          }
      )[];
      exclude?: (
        | {
            kind: 'list';
            id: string;
          }
        | {
            kind: 'segment';
            id: string;
          }
        | {
            kind: 'everyone';
          }
      )[];
      excludeReachedBy?: string[];
      requireConsent?: boolean;
      frequencyCap?: {
        messages: number;
        days: number;
      };
      holdoutPercent?: number;
      onlyContactIds?: string[];
      goneOnFrom?: {
        runId: string;
        step: number;
        alsoFailed: boolean;
      };
    };
    flow?: (
      | {
          id: string;
          name: string;
          continueWhen?: 'accepted' | 'settled';
          kind: 'email';
          templateId: string;
          senderId: string;
          onlyIf?:
            | {
                kind: 'engagement';
                stepId: string;
                is:
                  | 'opened'
                  | 'not_opened'
                  | 'clicked'
                  | 'not_clicked'
                  | 'delivered'
                  | 'not_delivered'
                  | 'failed'
                  | 'not_failed';
              }
            | {
                kind: 'attribute';
                field: string;
                op: 'equals' | 'not_equals' | 'is_set' | 'is_not_set';
                value?: string | number | boolean;
              };
        }
      | {
          id: string;
          name: string;
          continueWhen?: 'accepted' | 'settled';
          kind: 'sms';
          templateId: string;
          senderId: string;
          onlyIf?:
            | {
                kind: 'engagement';
                stepId: string;
                is:
                  | 'opened'
                  | 'not_opened'
                  | 'clicked'
                  | 'not_clicked'
                  | 'delivered'
                  | 'not_delivered'
                  | 'failed'
                  | 'not_failed';
              }
            | {
                kind: 'attribute';
                field: string;
                op: 'equals' | 'not_equals' | 'is_set' | 'is_not_set';
                value?: string | number | boolean;
              };
        }
      | {
          id: string;
          name: string;
          continueWhen?: 'accepted' | 'settled';
          kind: 'record';
          sink:
            | {
                kind: 'table';
                outputTableId: string;
              }
            | {
                kind: 'postgres';
                connectionId: string;
                table: string;
              }
            | {
                kind: 'webhook';
                connectionId: string;
              };
          columns: string[];
          onlyIf?:
            | {
                kind: 'engagement';
                stepId: string;
                is:
                  | 'opened'
                  | 'not_opened'
                  | 'clicked'
                  | 'not_clicked'
                  | 'delivered'
                  | 'not_delivered'
                  | 'failed'
                  | 'not_failed';
              }
            | {
                kind: 'attribute';
                field: string;
                op: 'equals' | 'not_equals' | 'is_set' | 'is_not_set';
                value?: string | number | boolean;
              };
        }
      | {
          id: string;
          name: string;
          continueWhen?: 'accepted';
          kind: 'condition';
          onlyIf:
            | {
                kind: 'engagement';
                stepId: string;
                is:
                  | 'opened'
                  | 'not_opened'
                  | 'clicked'
                  | 'not_clicked'
                  | 'delivered'
                  | 'not_delivered'
                  | 'failed'
                  | 'not_failed';
              }
            | {
                kind: 'attribute';
                field: string;
                op: 'equals' | 'not_equals' | 'is_set' | 'is_not_set';
                value?: string | number | boolean;
              };
        }
      | {
          id: string;
          name: string;
          continueWhen?: 'accepted' | 'settled';
          kind: 'wait';
          until:
            | {
                kind: 'duration';
                ms: number;
              }
            | {
                kind: 'time';
                at: string;
              };
        }
    )[];
    policy: {
      maxAttempts?: number;
      waveSize?: number;
      waveIntervalMs?: number;
      waveGate?: 'interval' | 'manual';
      maxPerSecond?: number;
      expireAfterMs?: number;
      hours?: {
        email?:
          | 'any'
          | {
              days: number[];
              from: string;
              until: string;
              whose?: 'contact' | 'workspace';
            };
        sms?:
          | 'any'
          | {
              days: number[];
              from: string;
              until: string;
              whose?: 'contact' | 'workspace';
            };
      };
    };
    schedule?:
      | {
          kind: 'now';
        }
      | {
          kind: 'at';
          at: string;
        }
      | {
          kind: 'event';
          event: string;
        }
      | {
          kind: 'recurring';
          repeat:
            | {
                unit: 'day';
                every?: number;
              }
            | {
                unit: 'week';
                every?: number;
                on: ('monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday')[];
              }
            | {
                unit: 'month';
                every?: number;
                day: number | 'last';
              };
          times: string[];
          timeZone?: string;
          from?: string;
          end?:
            | {
                kind: 'never';
              }
            | {
                kind: 'on';
                day: string;
              }
            | {
                kind: 'after';
                occurrences: number;
              };
          overlap?: 'skip' | 'wait' | 'start';
          expect?: {
            volume?: {
              least: number;
              most: number;
            } | null;
            doneWithinMs?: number;
          };
        };
    notify: {
      emails?: string[];
      phones?: string[];
      webhookIds?: string[];
      events?: (
        | 'started'
        | 'wave_done'
        | 'completed'
        | 'failed'
        | 'paused'
        | 'resumed'
        | 'stalled'
        | 'missed'
        | 'skipped'
        | 'empty'
        | 'unusual'
        | 'late'
      )[];
      seedContactIds?: string[];
    };
  };
  revision: number;
  createdAt: string;
  updatedAt: string;
  approvalRequestedBy: string | null;
  approvedBy: string | null;
  approvedRevision: number | null;
};
export type CampaignRow = {
  id: string;
  name: string;
  status: 'draft' | 'active' | 'archived';
  steps: string[];
  updatedAt: string;
  runs: number;
  /** When it comes next, if it recurs */ nextAt: string | null;
  lastRun: {
    id: string;
    status: 'scheduled' | 'queuing' | 'sending' | 'paused' | 'completed' | 'cancelled' | 'failed';
    audience: number | null;
    at: string;
  } | null;
};
export type Change = {
  position: number;
  type: string;
  subjectId: string;
  at: string;
  data: Record<string, unknown>;
};
export type Contact = {
  id: string;
  externalId: string | null;
  email: string | null;
  /** E.164 */ phone: string | null;
  firstName: string | null;
  lastName: string | null;
  language: string | null;
  timeZone: string | null;
  attributes: Record<string, string | number | boolean | string[]>;
  emailConsent: 'granted' | 'revoked' | 'unknown';
  smsConsent: 'granted' | 'revoked' | 'unknown';
  emailOptedOutAt: string | null;
  smsOptedOutAt: string | null;
  doNotMarket: boolean;
  trackingOff: boolean;
  hardBounces: number;
  softBounces: number;
  erasedAt: string | null;
  importId: string | null;
  createdAt: string;
  updatedAt: string;
};
export type CustomerAnswer = {
  contact: {
    id: string;
    externalId: string | null;
    email: string | null;
    /** E.164 */ phone: string | null;
    firstName: string | null;
    lastName: string | null;
    language: string | null;
    timeZone: string | null;
    attributes: Record<string, string | number | boolean | string[]>;
    emailConsent: 'granted' | 'revoked' | 'unknown';
    smsConsent: 'granted' | 'revoked' | 'unknown';
    emailOptedOutAt: string | null;
    smsOptedOutAt: string | null;
    doNotMarket: boolean;
    trackingOff: boolean;
    hardBounces: number;
    softBounces: number;
    erasedAt: string | null;
    importId: string | null;
    createdAt: string;
    updatedAt: string;
    subscriptions: {
      listId: string;
      listName: string;
      status: 'subscribed' | 'unsubscribed' | 'pending';
      source: string;
      evidence: Record<string, unknown> | null;
      updatedAt: string;
    }[];
    suppressions: {
      id: string;
      channel: 'email' | 'sms';
      reason: string;
      source: string;
      createdAt: string;
    }[];
  };
  planned: Planned[];
  underWay: UnderWay[];
  history: {
    items: HistoryLine[];
    nextCursor: string | null;
  };
};
export type CustomerHit = {
  id: string;
  externalId: string | null;
  email: string | null;
  phone: string | null;
  firstName: string | null;
  lastName: string | null;
  /** What the text was found in */ found: 'number' | 'phone' | 'email' | 'name';
};
export type Delivery = {
  contactId: string;
  name: string | null;
  address: string | null;
  /** Null while the contact waits for the step before */ deliveryId: string | null;
  state: 'queued' | 'accepted' | 'failed' | 'skipped' | 'in_doubt' | 'cancelled' | 'expired' | 'superseded';
  cause: string | null;
  errorText: string | null;
  /** Until when what is queued is put off: by its hours, a retry or its wave */ waitsUntil: string | null;
  attempts: number;
  settledAt: string | null;
  deliveredAt: string | null;
  openedAt: string | null;
  clickedAt: string | null;
  bouncedAt: string | null;
  isResent: boolean;
};
export type Doubt = {
  id: string;
  step: number;
  contactId: string;
  name: string | null;
  address: string | null;
  cause: string;
  errorText: string | null;
  since: string;
  attempts: {
    n: number;
    outcome: string;
    intentAt: string;
    endedAt: string;
    code: string | null;
  }[];
  events: {
    type: string;
    at: string;
  }[];
};
export type Explanation = {
  sentence: string;
  holds: boolean;
  parts: Explanation[];
};
export type Health = {
  now: string;
  database: {
    version: string;
    connections: number;
    maxConnections: number;
    sizeBytes: number;
    readOnly: boolean;
  };
  workers: {
    id: string;
    host: string;
    pid: number;
    startedAt: string;
    heartbeatAt: string;
    stoppedAt: string | null;
    state: 'alive' | 'stopped' | 'gone';
    rssBytes: number | null;
    holding: number;
  }[];
  queue: {
    dueDeliveries: number;
    dueBatches: number;
    oldestDueAt: string | null;
    laterDeliveries: number;
    held: number;
    onWire: number;
    notices: {
      queued: number;
      failed: number;
      oldestAt: string | null;
    };
    events: {
      unmatched: number;
      oldestAt: string | null;
    };
  };
  engine: {
    jobsDue: number;
    jobsRunning: number;
    jobsLater: number;
    oldestDueAt: string | null;
    failedLastDay: number;
  } | null;
  providers: {
    id: string;
    channel: 'email' | 'sms';
    kind: string;
    name: string;
    maxPerSecond: number | null;
    sandbox: boolean;
    breakerState: 'closed' | 'open' | 'half_open';
    breakerReason: string | null;
    breakerOpenedAt: string | null;
    breakerRetryAt: string | null;
    verifiedAt: string | null;
  }[];
  stalled: StalledRun[];
  recurring: {
    campaignId: string;
    name: string;
    /** The plan as a sentence */ words: string;
    timeZone: string;
    /** When it comes next, or should have come */ nextAt: string;
    isOverdue: boolean;
    last: {
      plannedAt: string;
      state: 'run' | 'waiting' | 'skipped' | 'missed';
      runId: string | null;
      reason: string | null;
      unexpected: ('empty' | 'unusual' | 'late') | null;
      unexpectedWords: string | null;
      runStatus: ('scheduled' | 'queuing' | 'sending' | 'paused' | 'completed' | 'cancelled' | 'failed') | null;
      audience: number | null;
      /** Deliveries that failed or are in doubt */ issues: number;
    } | null;
  }[];
};
export type HistoryLine =
  | {
      kind: 'message';
      id: string;
      /** ISO 8601 */ at: string;
      channel: 'email' | 'sms';
      deliveryId: string;
      campaign: string;
      step: string;
      state: 'queued' | 'accepted' | 'failed' | 'skipped' | 'in_doubt' | 'cancelled' | 'expired' | 'superseded';
      error: {
        class: ('recipient' | 'content' | 'provider' | 'account' | 'internal') | null;
        code: string | null;
        text: string | null;
      } | null;
      skipReason: string | null;
      deliveredAt: string | null;
      openedAt: string | null;
      clickedAt: string | null;
      bouncedAt: string | null;
      bounceType: ('hard' | 'soft') | null;
      complainedAt: string | null;
      openedBy: ('person' | 'machine') | null;
      clickedBy: ('person' | 'machine') | null;
      resendOf: string | null;
      resolution: string | null;
    }
  | {
      kind: 'left_out';
      id: string;
      /** ISO 8601 */ at: string;
      campaign: string;
      reason: string;
      optOut: {
        /** ISO 8601 */ at: string;
        via: string | null;
      } | null;
    }
  | {
      kind: 'wish';
      id: string;
      /** ISO 8601 */ at: string;
      type: string;
      via: string | null;
      campaign: string | null;
      note: string | null;
    }
  | {
      kind: 'note';
      id: string;
      /** ISO 8601 */ at: string;
      by: string;
      text: string;
    }
  | {
      kind: 'act';
      id: string;
      /** ISO 8601 */ at: string;
      by: string;
      campaign: string;
      channel: 'email' | 'sms';
      reason: string;
      note: string | null;
    }
  | {
      kind: 'cancelled';
      id: string;
      /** ISO 8601 */ at: string;
      campaign: string;
    };
export type Import = {
  id: string;
  uploadId: string;
  fileName: string;
  status: 'queued' | 'running' | 'completed' | 'failed' | 'undone' | 'cancelled';
  statusReason: string | null;
  dryRun: boolean;
  listId: string | null;
  counts: {
    rows: number;
    new: number;
    updated: number;
    unchanged: number;
    rejected: number;
    noted?: number;
  };
  processedBytes: number;
  sizeBytes: number;
  createdBy: string;
  createdAt: string;
  startedAt: string | null;
  endedAt: string | null;
  undoUntil: string | null;
  settings: {
    options: {
      encoding?: string;
      delimiter?: ',' | ';' | '\t' | '|';
      hasHeader?: boolean;
      dateOrder?: 'ymd' | 'dmy' | 'mdy';
      decimalMark?: 'point' | 'comma';
      defaultCountry?: string;
      emptyCells?: 'keep' | 'clear';
      badValues?: 'reject_row' | 'leave_empty';
    };
    columns: {
      index: number;
      name: string;
      target:
        | {
            kind: 'field';
            field:
              | 'external_id'
              | 'email'
              | 'phone'
              | 'first_name'
              | 'last_name'
              | 'language'
              | 'time_zone'
              | 'email_consent'
              | 'sms_consent'
              | 'do_not_market';
          }
        | {
            kind: 'attribute';
            key: string;
            label: string;
            type: 'text' | 'number' | 'boolean' | 'date' | 'tags';
          }
        | {
            kind: 'ignore';
          };
    }[];
    header: string[];
  };
};
export type ImportSummary = {
  id: string;
  uploadId: string;
  fileName: string;
  status: 'queued' | 'running' | 'completed' | 'failed' | 'undone' | 'cancelled';
  statusReason: string | null;
  dryRun: boolean;
  listId: string | null;
  counts: {
    rows: number;
    new: number;
    updated: number;
    unchanged: number;
    rejected: number;
    noted?: number;
  };
  processedBytes: number;
  sizeBytes: number;
  createdBy: string;
  createdAt: string;
  startedAt: string | null;
  endedAt: string | null;
  undoUntil: string | null;
};
export type Inspection = {
  fileName: string;
  sizeBytes: number;
  encoding: string;
  delimiter: ',' | ';' | '\t' | '|';
  hasHeader: boolean;
  dateOrder: 'ymd' | 'dmy' | 'mdy';
  columns: string[];
  /** Up to 20 rows as they are in the file */ samples: string[][];
  estimatedRows: number;
  /** To start from */ mapping: {
    column: string;
    target:
      | {
          kind: 'field';
          field:
            | 'external_id'
            | 'email'
            | 'phone'
            | 'first_name'
            | 'last_name'
            | 'language'
            | 'time_zone'
            | 'email_consent'
            | 'sms_consent'
            | 'do_not_market';
        }
      | {
          kind: 'attribute';
          key: string;
          label: string;
          type: 'text' | 'number' | 'boolean' | 'date' | 'tags';
        }
      | {
          kind: 'ignore';
        };
  }[];
};
export type Interaction = {
  id: string;
  at: string;
  /** Such as email.accepted or sms.failed */ type: string;
  step: number | null;
  deliveryId: string | null;
  runId: string | null;
  runName: string | null;
  campaignId: string | null;
  campaignName: string | null;
  data: Record<string, unknown> | null;
};
export type IssueGroup = {
  step: number;
  state: 'queued' | 'accepted' | 'failed' | 'skipped' | 'in_doubt' | 'cancelled' | 'expired' | 'superseded';
  cause: string;
  n: number;
  example: string | null;
};
export type List = {
  id: string;
  name: string;
  description: string | null;
  createdAt: string;
  archivedAt: string | null;
  subscribed: number;
  unsubscribed: number;
  pending: number;
};
export type Occurrences = {
  /** The last activation; null before the first one */ recurrence: {
    /** The plan as a sentence */ words: string;
    timeZone: string;
    status: 'active' | 'ended' | 'stopped';
    nextAt: string | null;
    overlap: 'skip' | 'wait' | 'start';
    expect: {
      volume?: {
        least: number;
        most: number;
      } | null;
      doneWithinMs?: number;
    };
    activatedAt: string;
    activatedBy: {
      type: string;
      id: string;
      name: string;
    };
    stoppedAt: string | null;
    version: number;
    /** The draft was changed since, which counts from the next activation */ isDraftNewer: boolean;
  } | null;
  coming: {
    plannedAt: string;
    skippedBy: {
      type: string;
      id: string;
      name: string;
    } | null;
  }[];
  past: {
    plannedAt: string;
    state: 'run' | 'waiting' | 'skipped' | 'missed';
    reason: string | null;
    /** Who left it out, or ran it out of turn */ decidedBy: {
      type: string;
      id: string;
      name: string;
    } | null;
    unexpected: ('empty' | 'unusual' | 'late') | null;
    unexpectedWords: string | null;
    run: {
      id: string;
      status: 'scheduled' | 'queuing' | 'sending' | 'paused' | 'completed' | 'cancelled' | 'failed';
      audience: number | null;
      startedAt: string | null;
      counts: {
        accepted: number;
        failed: number;
        skipped: number;
        in_doubt: number;
        cancelled: number;
        expired: number;
        waiting: number;
      };
    } | null;
  }[];
  /** Ask for earlier ones with “before” */ nextBefore: string | null;
};
export type OutputConnection = {
  id: string;
  kind: 'postgres' | 'webhook';
  name: string;
  config:
    | {
        kind: 'postgres';
        host: string;
        port?: number;
        database: string;
        user: string;
        tls?: 'verify' | 'require' | 'off';
      }
    | {
        kind: 'webhook';
        url: string;
      };
  /** What it is is never told */ hasSecret: boolean;
  verifiedAt: string | null;
  /** Set while it takes nothing */ holdSince: string | null;
  holdReason: string | null;
  holdUntil: string | null;
  createdAt: string;
};
export type OutputRow = {
  runId: string;
  step: number;
  contactId: string;
  values: Record<string, unknown>;
  recordedAt: string;
};
export type Planned = {
  /** Null while there is no run: of an occurrence to come, or of an event */ runId: string | null;
  campaignId: string;
  campaign: string;
  at: string | null;
  /** Later occurrences that do the same for this customer */ also: string[];
  /** What it starts on, if it starts on an event */ event: string | null;
  paused: boolean;
  messages: ('email' | 'sms')[];
  verdict: 'will_receive' | 'left_out' | 'not_addressed';
  reason: string | null;
  /** Why the customer is, or is not, among those it addresses */ sources: {
    kind: 'list' | 'segment' | 'everyone';
    name: string;
    because: string[];
  }[];
  optOut: {
    /** ISO 8601 */ at: string;
    via: string | null;
  } | null;
};
export type Preflight = {
  campaignId: string;
  name: string;
  revision: number;
  findings: {
    /** Critical stops a launch; a warning is accepted by its code */ level: 'critical' | 'warning' | 'note';
    code: string;
    title: string;
    detail?: string;
    contacts?: number;
    fix?: {
      label: string;
      href: string;
    };
  }[];
  count: AudienceCount;
  /** Whose messages show how bad it can get */ people: {
    key: string;
    contactId: string | null;
    name: string;
    isMadeUp: boolean;
  }[];
  steps: {
    id: string;
    name: string;
    kind: 'email' | 'sms';
  }[];
  /** Why a message cannot be made, by step and person */ broken: Record<string, string>;
  links: {
    stepId: string;
    stepName: string;
    label: string;
    url: string;
    problem: ('not_a_link' | 'not_https' | 'own_machine' | 'placeholder') | null;
  }[];
  sms: {
    stepId: string;
    stepName: string;
    messages: number;
    segments: number;
    mostSegments: number;
    isExact: boolean;
  }[];
  smsPrice: {
    amount: number;
    currency: string;
  } | null;
  startAt: string;
  finish: {
    waves: number;
    messages: number;
    /** Null when a person releases the waves */ totalMs: number | null;
    waitingMs: number;
    limit: {
      perSecond: number;
      by: 'campaign' | 'provider';
    } | null;
  };
  clashes: {
    campaignId: string;
    /** Null for an occurrence to come, which has no run yet */ runId: string | null;
    name: string;
    status: 'scheduled' | 'queuing' | 'sending' | 'paused' | 'completed' | 'cancelled' | 'failed';
    at: string;
    /** On how many of the days on which this campaign goes out, of its next eight if it recurs */ days: number;
    /** People in both audiences; null while that is not known */ people: number | null;
  }[];
  approval: {
    above: number | null;
    isNeeded: boolean;
    isGiven: boolean;
    requestedBy: {
      id: string;
      name: string;
    } | null;
    approvedBy: {
      id: string;
      name: string;
    } | null;
  };
  launched: {
    runId: string;
    status: 'scheduled' | 'queuing' | 'sending' | 'paused' | 'completed' | 'cancelled' | 'failed';
  } | null;
  mayLaunch: boolean;
};
export type Problem = {
  type: string;
  title: string;
  status: number;
  /** A sentence for people: what happened, what was kept, what to do */ detail: string;
  code: string;
  request_id: string;
  errors?: {
    field: string;
    detail: string;
  }[];
};
export type Provider = {
  id: string;
  channel: 'email' | 'sms';
  kind: string;
  name: string;
  config:
    | {
        kind: 'capture_email';
        host: string;
        port: number;
        connections?: number;
      }
    | {
        kind: 'capture_sms';
        baseUrl: string;
        concurrency?: number;
      }
    | {
        kind: 'smtp';
        host: string;
        port: number;
        security?: 'tls' | 'starttls' | 'opportunistic' | 'none';
        user?: string;
        clientName?: string;
        connections?: number;
        maxMessagesPerConnection?: number;
        allowInvalidCertificate?: boolean;
        dataEndTimeoutMs?: number;
      }
    | {
        kind: 'resend';
        baseUrl?: string;
        concurrentGroups?: number;
        maxGroupSize?: number;
        timeoutMs?: number;
      }
    | {
        kind: 'twilio';
        baseUrl?: string;
        accountSid: string;
        keySid?: string;
        concurrency?: number;
        timeoutMs?: number;
      }
    | {
        kind: 'smpp';
        host: string;
        port: number;
        tls?: boolean;
        systemId: string;
        systemType?: string;
        window?: number;
        responseTimeoutMs?: number;
      };
  /** Which secrets are set; what they are is never told */ secretsSet: string[];
  maxPerSecond: number | null;
  sandbox: boolean;
  breakerState: 'closed' | 'open' | 'half_open';
  breakerReason: string | null;
  breakerClass: ('recipient' | 'content' | 'provider' | 'account' | 'internal') | null;
  breakerOpenedAt: string | null;
  breakerRetryAt: string | null;
  verifiedAt: string | null;
  createdAt: string;
  archivedAt: string | null;
};
export type RebuiltMessage = {
  deliveryId: string;
  contactId: string;
  runId: string;
  campaign: string;
  step: string;
  channel: 'email' | 'sms';
  state: 'queued' | 'accepted' | 'failed' | 'skipped' | 'in_doubt' | 'cancelled' | 'expired' | 'superseded';
  sentAt: string | null;
  from: string;
  to: string;
  subject: string | null;
  text: string;
  html: string | null;
  headers: {
    name: string;
    value: string;
  }[];
  /** Every byte that went over the wire */ mime: string | null;
  parts: {
    from: string;
    replyTo?: string;
    subject: string;
    html: string;
    text: string;
    headers: Record<string, string>;
  } | null;
  resendOf: string | null;
};
export type Remark = {
  /** As a spreadsheet counts: the header is row 1 */ rowNumber: number;
  severity: 'rejected' | 'note';
  column: string | null;
  code: string;
  message: string;
  cells: string[];
};
export type ReportRun = {
  accepted: number;
  delivered: number;
  hardBounced: number;
  softBounced: number;
  complained: number;
  openedByPeople: number;
  openedByMachines: number;
  openedUnknown: number;
  clicked: number;
  unsubscribed: number;
  runId: string;
  name: string;
  campaignId: string;
  campaignName: string;
  status: 'scheduled' | 'queuing' | 'sending' | 'paused' | 'completed' | 'cancelled' | 'failed';
  startedAt: string;
  audience: number;
  sent: number;
  emails: number;
  failed: number;
  inDoubt: number;
  countedAt: string | null;
};
export type RerunOptions = {
  waiting: number;
  failed: {
    errorClass: ('recipient' | 'content' | 'provider' | 'account' | 'internal') | null;
    n: number;
  }[];
  inDoubt: number;
  newMatches: number;
  everybody: number;
  fromStep: {
    step: number;
    name: string;
    people: number;
  }[];
};
export type Run = {
  id: string;
  name: string;
  status: 'scheduled' | 'queuing' | 'sending' | 'paused' | 'completed' | 'cancelled' | 'failed';
  campaignId: string;
  campaignName: string;
  versionNumber: number;
  contentSha256: string;
  launchedBy: {
    type: string;
    id: string;
    name: string;
  };
  createdAt: string;
  rerunOf: string | null;
  fromStep: number;
  /** Which occurrence of a recurring campaign it is */ occurrence: {
    plannedAt: string;
    outOfTurn: boolean;
  } | null;
  outline: {
    id: string;
    name: string;
    kind: string;
  }[];
  waveGate: 'interval' | 'manual';
  maxAttempts: number;
};
export type RunCertificate = {
  format: 'waybill-run-certificate/1';
  run: {
    id: string;
    name: string;
    status: string;
    campaignId: string;
    version: number;
    launchedBy: string;
  };
  times: {
    launched: string;
    started: string | null;
    completed: string | null;
    certified: string;
  };
  contentSha256: string;
  listTotal: number | null;
  excluded: Record<string, number>;
  audience: number;
  steps: {
    step: number;
    name: string;
    kind: string;
    counts: {
      accepted: number;
      failed: number;
      skipped: number;
      in_doubt: number;
      cancelled: number;
      expired: number;
      waiting: number;
    };
    sum: number;
  }[];
  balanced: boolean;
  ledger: {
    deliveries: number;
    /** Over id and state of every delivery */ sha256: string;
  };
};
export type RunDetails = {
  now: {
    steps: number[];
    heldBatches: number;
    workers: number;
    /** Sent and not answered yet */ onWire: number;
    dueBatches: number;
    nextAt: string | null;
    wave: number | null;
    heldWave: {
      number: number;
      size: number;
      releasesAt: string | null;
    } | null;
    /** Messages that wait for the hours in which they may leave, by step */ outsideHours: {
      step: number;
      n: number;
      nextAt: string;
      lastAt: string;
      whose: 'contact' | 'workspace';
      /** The time of day at which it opens, such as 09:00 */ opensAt: string;
      /** How many of them open only after the run gives up */ tooLate: number;
    }[];
  };
  stalled: StalledRun | null;
  issues: IssueGroup[];
  doubts: {
    items: Doubt[];
    nextCursor: string | null;
  };
  rates: RunRates;
  trail: {
    entries: {
      id: string;
      at: string;
      actor: {
        type: string;
        id: string;
        name: string;
      };
      action: string;
      data: Record<string, unknown>;
    }[];
    restarts: string[];
  };
};
export type RunProgress = {
  id: string;
  name: string;
  campaignId: string;
  status: 'scheduled' | 'queuing' | 'sending' | 'paused' | 'completed' | 'cancelled' | 'failed';
  statusReason: string | null;
  scheduledAt: string | null;
  startedAt: string | null;
  queuedAt: string | null;
  completedAt: string | null;
  listTotal: number | null;
  audience: number;
  excluded: {
    reason: string;
    n: number;
  }[];
  steps: {
    step: number;
    id: string;
    name: string;
    kind: string;
    counts: {
      accepted: number;
      failed: number;
      skipped: number;
      in_doubt: number;
      cancelled: number;
      expired: number;
      waiting: number;
    };
  }[];
  /** Whether every step’s numbers, waiting included, sum to the audience */ balanced: boolean;
  maxPerSecond: number | null;
  ratePerSecond: number;
  etaSeconds: number | null;
  /** Deliveries that wait for the hours in which they may be sent, and when the first and last of them go on */ outsideHours: {
    n: number;
    nextAt: string;
    lastAt: string;
  } | null;
};
export type RunRates = {
  bucketSeconds: number;
  at: string[];
  /** Per second */ accepted: number[];
  failed: number[];
  other: number[];
};
export type RunReport = {
  steps: {
    accepted: number;
    delivered: number;
    hardBounced: number;
    softBounced: number;
    complained: number;
    openedByPeople: number;
    openedByMachines: number;
    openedUnknown: number;
    clicked: number;
    unsubscribed: number;
    step: number;
    name: string;
    kind: 'email' | 'sms';
  }[];
  links: {
    step: number;
    stepName: string;
    link: number;
    label: string;
    url: string;
    clicks: number;
    clicksByPeople: number;
    people: number;
  }[];
  domains: {
    step: number;
    stepName: string;
    domain: string;
    failed: number;
    bounced: number;
    sent: number;
    opened: number;
  }[];
  engagement: {
    bucketSeconds: number;
    at: string[];
    opened: number[];
    clicked: number[];
  };
};
export type RunRow = {
  id: string;
  name: string;
  campaignId: string;
  status: 'scheduled' | 'queuing' | 'sending' | 'paused' | 'completed' | 'cancelled' | 'failed';
  statusReason: string | null;
  audience: number;
  steps: number;
  createdAt: string;
  scheduledAt: string | null;
  startedAt: string | null;
  completedAt: string | null;
  counts: {
    accepted: number;
    failed: number;
    skipped: number;
    in_doubt: number;
    cancelled: number;
    expired: number;
    waiting: number;
  };
};
export type Segment = {
  id: string;
  name: string;
  description: string | null;
  rule: SegmentRule;
  /** The rule in words */ sentence: string;
  revision: number;
  updatedAt: string;
  createdAt: string;
  archivedAt: string | null;
};
export type SegmentRow = {
  id: string;
  name: string;
  description: string | null;
  rule: SegmentRule;
  /** The rule in words */ sentence: string;
  revision: number;
  updatedAt: string;
};
export type SegmentRule = {
  kind: 'group';
  match: 'all' | 'any' | 'none';
  rules: (
    | SegmentRule
    | (
        | {
            kind: 'field';
            field:
              | 'external_id'
              | 'email'
              | 'phone'
              | 'first_name'
              | 'last_name'
              | 'language'
              | 'time_zone'
              | 'email_consent'
              | 'sms_consent'
              | 'email_opted_out'
              | 'sms_opted_out'
              | 'do_not_market'
              | 'hard_bounces'
              | 'soft_bounces'
              | 'created_at';
            test:
              | (
                  | {
                      type: 'text';
                      op: 'equals' | 'not_equals' | 'contains' | 'not_contains' | 'starts_with' | 'ends_with';
                      value: string;
                    }
                  | {
                      type: 'text';
                      op: 'in' | 'not_in';
                      values: string[];
                    }
                  | {
                      type: 'text';
                      op: 'is_set' | 'is_not_set';
                    }
                )
              | (
                  | {
                      type: 'number';
                      op: 'equals' | 'not_equals' | 'greater_than' | 'at_least' | 'less_than' | 'at_most';
                      value: number;
                    }
                  | {
                      type: 'number';
                      op: 'between';
                      from: number;
                      to: number;
                    }
                  | {
                      type: 'number';
                      op: 'is_set' | 'is_not_set';
                    }
                )
              | (
                  | {
                      type: 'boolean';
                      op: 'is';
                      value: boolean;
                    }
                  | {
                      type: 'boolean';
                      op: 'is_set' | 'is_not_set';
                    }
                )
              | (
                  | {
                      type: 'date';
                      op: 'on' | 'not_on' | 'before' | 'after';
                      value: string;
                    }
                  | {
                      type: 'date';
                      op: 'between';
                      from: string;
                      to: string;
                    }
                  | {
                      type: 'date';
                      op: 'in_last_days' | 'in_next_days' | 'more_than_days_ago';
                      days: number;
                    }
                  | {
                      type: 'date';
                      op: 'is_set' | 'is_not_set';
                    }
                )
              | (
                  | {
                      type: 'tags';
                      op: 'has' | 'has_not';
                      value: string;
                    }
                  | {
                      type: 'tags';
                      op: 'has_any' | 'has_all';
                      values: string[];
                    }
                  | {
                      type: 'tags';
                      op: 'is_set' | 'is_not_set';
                    }
                );
          }
        | {
            kind: 'attribute';
            key: string;
            test:
              | (
                  | {
                      type: 'text';
                      op: 'equals' | 'not_equals' | 'contains' | 'not_contains' | 'starts_with' | 'ends_with';
                      value: string;
                    }
                  | {
                      type: 'text';
                      op: 'in' | 'not_in';
                      values: string[];
                    }
                  | {
                      type: 'text';
                      op: 'is_set' | 'is_not_set';
                    }
                )
              | (
                  | {
                      type: 'number';
                      op: 'equals' | 'not_equals' | 'greater_than' | 'at_least' | 'less_than' | 'at_most';
                      value: number;
                    }
                  | {
                      type: 'number';
                      op: 'between';
                      from: number;
                      to: number;
                    }
                  | {
                      type: 'number';
                      op: 'is_set' | 'is_not_set';
                    }
                )
              | (
                  | {
                      type: 'boolean';
                      op: 'is';
                      value: boolean;
                    }
                  | {
                      type: 'boolean';
                      op: 'is_set' | 'is_not_set';
                    }
                )
              | (
                  | {
                      type: 'date';
                      op: 'on' | 'not_on' | 'before' | 'after';
                      value: string;
                    }
                  | {
                      type: 'date';
                      op: 'between';
                      from: string;
                      to: string;
                    }
                  | {
                      type: 'date';
                      op: 'in_last_days' | 'in_next_days' | 'more_than_days_ago';
                      days: number;
                    }
                  | {
                      type: 'date';
                      op: 'is_set' | 'is_not_set';
                    }
                )
              | (
                  | {
                      type: 'tags';
                      op: 'has' | 'has_not';
                      value: string;
                    }
                  | {
                      type: 'tags';
                      op: 'has_any' | 'has_all';
                      values: string[];
                    }
                  | {
                      type: 'tags';
                      op: 'is_set' | 'is_not_set';
                    }
                );
          }
        | {
            kind: 'list';
            listId: string;
            is: 'subscribed' | 'unsubscribed' | 'pending' | 'on' | 'not_on';
          }
        | {
            kind: 'behaviour';
            did: 'sent' | 'delivered' | 'opened' | 'clicked' | 'bounced' | 'complained' | 'unsubscribed' | 'failed';
            happened?: boolean;
            campaignId?: string;
            withinDays?: number;
          }
        | {
            kind: 'segment';
            segmentId: string;
            is: 'in' | 'not_in';
          }
      )
  )[];
};
export type Sender = {
  id: string;
  channel: 'email' | 'sms';
  name: string;
  fromName: string | null;
  address: string;
  replyTo: string | null;
  providerAccountId: string;
  providerName: string;
  createdAt: string;
};
export type StalledRun = {
  runId: string;
  name: string;
  status: 'scheduled' | 'queuing' | 'sending' | 'paused' | 'completed' | 'cancelled' | 'failed';
  since: string;
  /** Deliveries that could go now */ due: number;
  cause: 'no_worker' | 'provider' | 'database' | 'held' | 'idle';
  because: string;
};
export type SubscribedContact = {
  id: string;
  externalId: string | null;
  email: string | null;
  /** E.164 */ phone: string | null;
  firstName: string | null;
  lastName: string | null;
  language: string | null;
  timeZone: string | null;
  attributes: Record<string, string | number | boolean | string[]>;
  emailConsent: 'granted' | 'revoked' | 'unknown';
  smsConsent: 'granted' | 'revoked' | 'unknown';
  emailOptedOutAt: string | null;
  smsOptedOutAt: string | null;
  doNotMarket: boolean;
  trackingOff: boolean;
  hardBounces: number;
  softBounces: number;
  erasedAt: string | null;
  importId: string | null;
  createdAt: string;
  updatedAt: string;
  status: 'subscribed' | 'unsubscribed' | 'pending';
  source: string;
  evidence: Record<string, unknown> | null;
  since: string;
};
export type Suppression = {
  id: string;
  channel: 'email' | 'sms';
  /** Null once erased */ address: string | null;
  reason: 'bounce' | 'complaint' | 'manual' | 'unsubscribed' | 'erased';
  source: string;
  note: string | null;
  createdAt: string;
};
export type Template = {
  id: string;
  channel: 'email' | 'sms';
  name: string;
  content: Record<string, unknown>;
  revision: number;
  createdBy: string;
  createdAt: string;
  updatedAt: string;
  archivedAt: string | null;
};
export type TemplatePreview = {
  contact: {
    id: string;
    name: string;
  } | null;
  /** Why this contact would get no message */ problem: string | null;
  message:
    | (
        | {
            channel: 'email';
            subject: string;
            preheader: string;
            html: string;
            text: string;
          }
        | {
            text: string;
            encoding: 'GSM-7' | 'UCS-2';
            segments: number;
            units: number;
            unitsLeft: number;
            nonGsm: string[];
            channel: 'sms';
          }
      )
    | null;
};
export type TemplateRow = {
  id: string;
  channel: 'email' | 'sms';
  name: string;
  summary: string;
  revision: number;
  createdBy: string;
  updatedAt: string;
  archivedAt: string | null;
};
export type UnderWay = {
  runId: string;
  campaign: string;
  status: 'scheduled' | 'queuing' | 'sending' | 'paused' | 'completed' | 'cancelled' | 'failed';
  statusReason: string | null;
  steps: {
    name: string;
    kind: 'email' | 'sms' | 'record' | 'condition' | 'wait';
    state: 'queued' | 'accepted' | 'failed' | 'skipped' | 'in_doubt' | 'cancelled' | 'expired' | 'superseded' | 'ahead';
    at: string | null;
    waits: {
      why: 'unwanted' | 'wave' | 'time' | 'hours' | 'too_late' | 'turn' | 'paused';
      wave?: number;
      /** ISO 8601 */ until?: string;
      opens?: {
        at: string;
        whose: 'contact' | 'workspace';
      };
    } | null;
    skipReason: string | null;
    error: {
      class: ('recipient' | 'content' | 'provider' | 'account' | 'internal') | null;
      code: string | null;
    } | null;
    deliveryId: string | null;
  }[];
};
export type Webhook = {
  id: string;
  url: string;
  eventTypes: string[];
  description: string | null;
  enabled: boolean;
  disabledReason: string | null;
  failingSince: string | null;
  createdAt: string;
};
export type WebhookMessage = {
  id: string;
  endpointId: string;
  type: string;
  state: 'queued' | 'sent' | 'failed';
  attempts: number;
  notBefore: string;
  lastStatus: number | null;
  lastError: string | null;
  createdAt: string;
  sentAt: string | null;
  payload: Record<string, unknown>;
};

export interface Operations {
  /** The audit log, newest first. */
  'GET /audit': {
    input: {
      query?: {
        action?: string;
        actorId?: string;
        subjectType?: string;
        subjectId?: string;
        since?: string;
        until?: string;
        cursor?: string;
        limit?: number;
      };
    };
    answer: {
      items: AuditItem[];
      nextCursor: string | null;
    };
  };
  /** Whether the audit log is whole: every entry holds the digest of the one before it. */
  'GET /audit/chain': {
    input: Record<never, never>;
    answer: {
      intact: boolean;
      entries: number;
      brokenAt: string | null;
      /** Keep it elsewhere to tell later that nothing was cut off */ head: string | null;
    };
  };
  /** Campaigns with their newest run. */
  'GET /campaigns': {
    input: {
      query?: {
        q?: string;
        status?: 'draft' | 'active' | 'archived';
        cursor?: string;
        limit?: number;
      };
    };
    answer: {
      items: CampaignRow[];
      nextCursor: string | null;
    };
  };
  /** Make a draft campaign, empty unless a definition is given. */
  'POST /campaigns': {
    input: {
      body: {
        name: string;
        draft?: {
          audience: {
            include?: (
              | {
                  kind: 'list';
                  id: string;
                }
              | {
                  kind: 'segment';
                  id: string;
                }
              | {
                  kind: 'everyone';
                }
            )[];
            exclude?: (
              | {
                  kind: 'list';
                  id: string;
                }
              | {
                  kind: 'segment';
                  id: string;
                }
              | {
                  kind: 'everyone';
                }
            )[];
            excludeReachedBy?: string[];
            requireConsent?: boolean;
            frequencyCap?: {
              messages: number;
              days: number;
            };
            holdoutPercent?: number;
            onlyContactIds?: string[];
            goneOnFrom?: {
              runId: string;
              step: number;
              alsoFailed: boolean;
            };
          };
          flow?: (
            | {
                id: string;
                name: string;
                continueWhen?: 'accepted' | 'settled';
                kind: 'email';
                templateId: string;
                senderId: string;
                onlyIf?:
                  | {
                      kind: 'engagement';
                      stepId: string;
                      is:
                        | 'opened'
                        | 'not_opened'
                        | 'clicked'
                        | 'not_clicked'
                        | 'delivered'
                        | 'not_delivered'
                        | 'failed'
                        | 'not_failed';
                    }
                  | {
                      kind: 'attribute';
                      field: string;
                      op: 'equals' | 'not_equals' | 'is_set' | 'is_not_set';
                      value?: string | number | boolean;
                    };
              }
            | {
                id: string;
                name: string;
                continueWhen?: 'accepted' | 'settled';
                kind: 'sms';
                templateId: string;
                senderId: string;
                onlyIf?:
                  | {
                      kind: 'engagement';
                      stepId: string;
                      is:
                        | 'opened'
                        | 'not_opened'
                        | 'clicked'
                        | 'not_clicked'
                        | 'delivered'
                        | 'not_delivered'
                        | 'failed'
                        | 'not_failed';
                    }
                  | {
                      kind: 'attribute';
                      field: string;
                      op: 'equals' | 'not_equals' | 'is_set' | 'is_not_set';
                      value?: string | number | boolean;
                    };
              }
            | {
                id: string;
                name: string;
                continueWhen?: 'accepted' | 'settled';
                kind: 'record';
                sink:
                  | {
                      kind: 'table';
                      outputTableId: string;
                    }
                  | {
                      kind: 'postgres';
                      connectionId: string;
                      table: string;
                    }
                  | {
                      kind: 'webhook';
                      connectionId: string;
                    };
                columns: string[];
                onlyIf?:
                  | {
                      kind: 'engagement';
                      stepId: string;
                      is:
                        | 'opened'
                        | 'not_opened'
                        | 'clicked'
                        | 'not_clicked'
                        | 'delivered'
                        | 'not_delivered'
                        | 'failed'
                        | 'not_failed';
                    }
                  | {
                      kind: 'attribute';
                      field: string;
                      op: 'equals' | 'not_equals' | 'is_set' | 'is_not_set';
                      value?: string | number | boolean;
                    };
              }
            | {
                id: string;
                name: string;
                continueWhen?: 'accepted';
                kind: 'condition';
                onlyIf:
                  | {
                      kind: 'engagement';
                      stepId: string;
                      is:
                        | 'opened'
                        | 'not_opened'
                        | 'clicked'
                        | 'not_clicked'
                        | 'delivered'
                        | 'not_delivered'
                        | 'failed'
                        | 'not_failed';
                    }
                  | {
                      kind: 'attribute';
                      field: string;
                      op: 'equals' | 'not_equals' | 'is_set' | 'is_not_set';
                      value?: string | number | boolean;
                    };
              }
            | {
                id: string;
                name: string;
                continueWhen?: 'accepted' | 'settled';
                kind: 'wait';
                until:
                  | {
                      kind: 'duration';
                      ms: number;
                    }
                  | {
                      kind: 'time';
                      at: string;
                    };
              }
          )[];
          policy: {
            maxAttempts?: number;
            waveSize?: number;
            waveIntervalMs?: number;
            waveGate?: 'interval' | 'manual';
            maxPerSecond?: number;
            expireAfterMs?: number;
            hours?: {
              email?:
                | 'any'
                | {
                    days: number[];
                    from: string;
                    until: string;
                    whose?: 'contact' | 'workspace';
                  };
              sms?:
                | 'any'
                | {
                    days: number[];
                    from: string;
                    until: string;
                    whose?: 'contact' | 'workspace';
                  };
            };
          };
          schedule?:
            | {
                kind: 'now';
              }
            | {
                kind: 'at';
                at: string;
              }
            | {
                kind: 'event';
                event: string;
              }
            | {
                kind: 'recurring';
                repeat:
                  | {
                      unit: 'day';
                      every?: number;
                    }
                  | {
                      unit: 'week';
                      every?: number;
                      on: ('monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday')[];
                    }
                  | {
                      unit: 'month';
                      every?: number;
                      day: number | 'last';
                    };
                times: string[];
                timeZone?: string;
                from?: string;
                end?:
                  | {
                      kind: 'never';
                    }
                  | {
                      kind: 'on';
                      day: string;
                    }
                  | {
                      kind: 'after';
                      occurrences: number;
                    };
                overlap?: 'skip' | 'wait' | 'start';
                expect?: {
                  volume?: {
                    least: number;
                    most: number;
                  } | null;
                  doneWithinMs?: number;
                };
              };
          notify: {
            emails?: string[];
            phones?: string[];
            webhookIds?: string[];
            events?: (
              | 'started'
              | 'wave_done'
              | 'completed'
              | 'failed'
              | 'paused'
              | 'resumed'
              | 'stalled'
              | 'missed'
              | 'skipped'
              | 'empty'
              | 'unusual'
              | 'late'
            )[];
            seedContactIds?: string[];
          };
        };
      };
    };
    answer: {
      id: string;
      revision: number;
    };
  };
  /** A campaign with its definition; its ETag is its revision. */
  'GET /campaigns/{campaignId}': {
    input: {
      path: {
        campaignId: string;
      };
    };
    answer: Campaign;
  };
  /** Save a draft; needs If-Match or “revision”. */
  'PATCH /campaigns/{campaignId}': {
    input: {
      path: {
        campaignId: string;
      };
      body: {
        revision?: number;
        name?: string;
        draft?: {
          audience: {
            include?: (
              | {
                  kind: 'list';
                  id: string;
                }
              | {
                  kind: 'segment';
                  id: string;
                }
              | {
                  kind: 'everyone';
                }
            )[];
            exclude?: (
              | {
                  kind: 'list';
                  id: string;
                }
              | {
                  kind: 'segment';
                  id: string;
                }
              | {
                  kind: 'everyone';
                }
            )[];
            excludeReachedBy?: string[];
            requireConsent?: boolean;
            frequencyCap?: {
              messages: number;
              days: number;
            };
            holdoutPercent?: number;
            onlyContactIds?: string[];
            goneOnFrom?: {
              runId: string;
              step: number;
              alsoFailed: boolean;
            };
          };
          flow?: (
            | {
                id: string;
                name: string;
                continueWhen?: 'accepted' | 'settled';
                kind: 'email';
                templateId: string;
                senderId: string;
                onlyIf?:
                  | {
                      kind: 'engagement';
                      stepId: string;
                      is:
                        | 'opened'
                        | 'not_opened'
                        | 'clicked'
                        | 'not_clicked'
                        | 'delivered'
                        | 'not_delivered'
                        | 'failed'
                        | 'not_failed';
                    }
                  | {
                      kind: 'attribute';
                      field: string;
                      op: 'equals' | 'not_equals' | 'is_set' | 'is_not_set';
                      value?: string | number | boolean;
                    };
              }
            | {
                id: string;
                name: string;
                continueWhen?: 'accepted' | 'settled';
                kind: 'sms';
                templateId: string;
                senderId: string;
                onlyIf?:
                  | {
                      kind: 'engagement';
                      stepId: string;
                      is:
                        | 'opened'
                        | 'not_opened'
                        | 'clicked'
                        | 'not_clicked'
                        | 'delivered'
                        | 'not_delivered'
                        | 'failed'
                        | 'not_failed';
                    }
                  | {
                      kind: 'attribute';
                      field: string;
                      op: 'equals' | 'not_equals' | 'is_set' | 'is_not_set';
                      value?: string | number | boolean;
                    };
              }
            | {
                id: string;
                name: string;
                continueWhen?: 'accepted' | 'settled';
                kind: 'record';
                sink:
                  | {
                      kind: 'table';
                      outputTableId: string;
                    }
                  | {
                      kind: 'postgres';
                      connectionId: string;
                      table: string;
                    }
                  | {
                      kind: 'webhook';
                      connectionId: string;
                    };
                columns: string[];
                onlyIf?:
                  | {
                      kind: 'engagement';
                      stepId: string;
                      is:
                        | 'opened'
                        | 'not_opened'
                        | 'clicked'
                        | 'not_clicked'
                        | 'delivered'
                        | 'not_delivered'
                        | 'failed'
                        | 'not_failed';
                    }
                  | {
                      kind: 'attribute';
                      field: string;
                      op: 'equals' | 'not_equals' | 'is_set' | 'is_not_set';
                      value?: string | number | boolean;
                    };
              }
            | {
                id: string;
                name: string;
                continueWhen?: 'accepted';
                kind: 'condition';
                onlyIf:
                  | {
                      kind: 'engagement';
                      stepId: string;
                      is:
                        | 'opened'
                        | 'not_opened'
                        | 'clicked'
                        | 'not_clicked'
                        | 'delivered'
                        | 'not_delivered'
                        | 'failed'
                        | 'not_failed';
                    }
                  | {
                      kind: 'attribute';
                      field: string;
                      op: 'equals' | 'not_equals' | 'is_set' | 'is_not_set';
                      value?: string | number | boolean;
                    };
              }
            | {
                id: string;
                name: string;
                continueWhen?: 'accepted' | 'settled';
                kind: 'wait';
                until:
                  | {
                      kind: 'duration';
                      ms: number;
                    }
                  | {
                      kind: 'time';
                      at: string;
                    };
              }
          )[];
          policy: {
            maxAttempts?: number;
            waveSize?: number;
            waveIntervalMs?: number;
            waveGate?: 'interval' | 'manual';
            maxPerSecond?: number;
            expireAfterMs?: number;
            hours?: {
              email?:
                | 'any'
                | {
                    days: number[];
                    from: string;
                    until: string;
                    whose?: 'contact' | 'workspace';
                  };
              sms?:
                | 'any'
                | {
                    days: number[];
                    from: string;
                    until: string;
                    whose?: 'contact' | 'workspace';
                  };
            };
          };
          schedule?:
            | {
                kind: 'now';
              }
            | {
                kind: 'at';
                at: string;
              }
            | {
                kind: 'event';
                event: string;
              }
            | {
                kind: 'recurring';
                repeat:
                  | {
                      unit: 'day';
                      every?: number;
                    }
                  | {
                      unit: 'week';
                      every?: number;
                      on: ('monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday')[];
                    }
                  | {
                      unit: 'month';
                      every?: number;
                      day: number | 'last';
                    };
                times: string[];
                timeZone?: string;
                from?: string;
                end?:
                  | {
                      kind: 'never';
                    }
                  | {
                      kind: 'on';
                      day: string;
                    }
                  | {
                      kind: 'after';
                      occurrences: number;
                    };
                overlap?: 'skip' | 'wait' | 'start';
                expect?: {
                  volume?: {
                    least: number;
                    most: number;
                  } | null;
                  doneWithinMs?: number;
                };
              };
          notify: {
            emails?: string[];
            phones?: string[];
            webhookIds?: string[];
            events?: (
              | 'started'
              | 'wave_done'
              | 'completed'
              | 'failed'
              | 'paused'
              | 'resumed'
              | 'stalled'
              | 'missed'
              | 'skipped'
              | 'empty'
              | 'unusual'
              | 'late'
            )[];
            seedContactIds?: string[];
          };
        };
      };
    };
    answer: {
      revision: number;
    };
  };
  /** Archive a campaign; its runs and reports stay. */
  'DELETE /campaigns/{campaignId}': {
    input: {
      path: {
        campaignId: string;
      };
    };
    answer: null;
  };
  /** Let a campaign recur, or start on its event, from now on, as its draft is now. */
  'POST /campaigns/{campaignId}/activate': {
    input: {
      path: {
        campaignId: string;
      };
      body: {
        revision?: number;
        accepted?: string[];
      };
    };
    answer: {
      versionId: string;
      /** What it starts on, if it starts on an event */ event: string | null;
      /** The first occurrence, if it recurs */ nextAt: string | null;
    };
  };
  /** Let a campaign recur, or start on its event, no more; runs under way go on. */
  'POST /campaigns/{campaignId}/deactivate': {
    input: {
      path: {
        campaignId: string;
      };
    };
    answer: null;
  };
  /** Make a draft with the definition of another campaign. */
  'POST /campaigns/{campaignId}/duplicate': {
    input: {
      path: {
        campaignId: string;
      };
      body: {
        name?: string;
      };
    };
    answer: {
      id: string;
      revision: number;
    };
  };
  /** Launch a campaign: one run per revision or occurrenceKey, however often it is asked for. */
  'POST /campaigns/{campaignId}/launch': {
    input: {
      path: {
        campaignId: string;
      };
      body: {
        revision?: number;
        occurrenceKey?: string;
        accepted?: string[];
        /** Says what would stop it and how many people it would reach */ dryRun?: boolean;
      };
    };
    answer:
      | {
          dryRun: false;
          runId: string;
          status: 'scheduled' | 'queuing';
          /** This very launch had happened before; nothing was started twice */ already: boolean;
        }
      | {
          dryRun: true;
          revision: number;
          /** What stops the launch */ findings: {
            path: string;
            message: string;
          }[];
          audience: AudienceCount | null;
        };
  };
  /** The coming occurrences of a recurring campaign, and what became of the past ones, newest first. */
  'GET /campaigns/{campaignId}/occurrences': {
    input: {
      path: {
        campaignId: string;
      };
      query?: {
        coming?: number;
        limit?: number;
        before?: string;
      };
    };
    answer: Occurrences;
  };
  /** Run the active version of a recurring campaign once, out of turn: one run per requestKey. */
  'POST /campaigns/{campaignId}/occurrences/run': {
    input: {
      path: {
        campaignId: string;
      };
      body: {
        requestKey: string;
      };
    };
    answer: {
      runId: string;
      already: boolean;
    };
  };
  /** Leave one coming occurrence out, or take that back with “skip”: false. */
  'POST /campaigns/{campaignId}/occurrences/skip': {
    input: {
      path: {
        campaignId: string;
      };
      body: {
        plannedAt: string;
        skip?: boolean;
      };
    };
    answer: null;
  };
  /** Everything that can be known before a launch: findings, audience, links, cost, time, clashes. */
  'GET /campaigns/{campaignId}/preflight': {
    input: {
      path: {
        campaignId: string;
      };
    };
    answer: Preflight;
  };
  /** One step of the saved draft as one contact would read it; nothing is sent. */
  'GET /campaigns/{campaignId}/preview': {
    input: {
      path: {
        campaignId: string;
      };
      query: {
        stepId: string;
        contactId?: string | null;
        madeUp?: string | null;
      };
    };
    answer:
      | {
          kind: 'email';
          from: string;
          subject: string;
          html: string;
          text: string;
        }
      | {
          kind: 'sms';
          from: string;
          text: string;
          segments: number;
          encoding: string;
        }
      | {
          kind: 'problem';
          message: string;
        };
  };
  /** Send one step of the saved draft to your own people, marked as a test and outside every statistic. */
  'POST /campaigns/{campaignId}/test': {
    input: {
      path: {
        campaignId: string;
      };
      body: {
        stepId: string;
        to: string[];
        contactId?: string | null;
      };
    };
    answer: {
      items: {
        to: string;
        outcome: 'accepted' | 'rejected' | 'unknown';
        /** What the provider said */ text: string;
      }[];
    };
  };
  /** Whom a draft would reach if it were launched now, and why others are left out. */
  'POST /campaigns/audience': {
    input: {
      body: {
        audience: {
          include?: (
            | {
                kind: 'list';
                id: string;
              }
            | {
                kind: 'segment';
                id: string;
              }
            | {
                kind: 'everyone';
              }
          )[];
          exclude?: (
            | {
                kind: 'list';
                id: string;
              }
            | {
                kind: 'segment';
                id: string;
              }
            | {
                kind: 'everyone';
              }
          )[];
          excludeReachedBy?: string[];
          requireConsent?: boolean;
          frequencyCap?: {
            messages: number;
            days: number;
          };
          holdoutPercent?: number;
          onlyContactIds?: string[];
          goneOnFrom?: {
            runId: string;
            step: number;
            alsoFailed: boolean;
          };
        };
        flow?: {
          kind: string;
          continueWhen?: 'accepted' | 'settled';
        }[];
        campaignId?: string | null;
      };
    };
    answer: AudienceCount;
  };
  /** What changed after a position, oldest first and without a gap; pass `last` as `after` to go on. */
  'GET /changes': {
    input: {
      query?: {
        after?: number;
        limit?: number;
      };
    };
    answer: {
      items: Change[];
      last: number;
      hasMore: boolean;
    };
  };
  /** Databases and webhooks that record steps may write to, without their secrets. */
  'GET /connections': {
    input: Record<never, never>;
    answer: {
      items: OutputConnection[];
    };
  };
  /** Connect a database or a webhook for record steps; a signing key made for it is shown this once. */
  'POST /connections': {
    input: {
      body: {
        name: string;
        config:
          | {
              kind: 'postgres';
              host: string;
              port?: number;
              database: string;
              user: string;
              tls?: 'verify' | 'require' | 'off';
            }
          | {
              kind: 'webhook';
              url: string;
            };
        secret?: string;
      };
    };
    answer: {
      id: string;
      signingKey: string | null;
    };
  };
  /** Change a connection, runs under way included; its kind stays, and its secret unless one is given. */
  'PATCH /connections/{connectionId}': {
    input: {
      path: {
        connectionId: string;
      };
      body: {
        name?: string;
        config?:
          | {
              kind: 'postgres';
              host: string;
              port?: number;
              database: string;
              user: string;
              tls?: 'verify' | 'require' | 'off';
            }
          | {
              kind: 'webhook';
              url: string;
            };
        secret?: string;
      };
    };
    answer: null;
  };
  /** Retire a connection and forget its secret. */
  'DELETE /connections/{connectionId}': {
    input: {
      path: {
        connectionId: string;
      };
    };
    answer: null;
  };
  /** Try a connection: sign in and look at the table, or post a signed ping; nobody is recorded. */
  'POST /connections/{connectionId}/verify': {
    input: {
      path: {
        connectionId: string;
      };
      query?: {
        table?: string;
      };
    };
    answer: {
      ok: boolean;
      text: string;
    };
  };
  /** Contacts in pages, searched, filtered and sorted. */
  'GET /contacts': {
    input: {
      query?: {
        search?: string;
        listId?: string;
        status?: 'subscribed' | 'unsubscribed' | 'pending';
        consent?:
          | 'email_granted'
          | 'email_unknown'
          | 'email_revoked'
          | 'email_opted_out'
          | 'sms_granted'
          | 'sms_unknown'
          | 'sms_revoked'
          | 'sms_opted_out'
          | 'do_not_market';
        importId?: string;
        change?: 'added' | 'updated';
        sort?: 'added' | 'email' | 'external_id';
        direction?: 'asc' | 'desc';
        cursor?: string;
        limit?: number;
      };
    };
    answer: {
      items: Contact[];
      nextCursor: string | null;
    };
  };
  /** Add a contact. */
  'POST /contacts': {
    input: {
      body: {
        externalId?: string | null;
        email?: string | null;
        phone?: string | null;
        firstName?: string | null;
        lastName?: string | null;
        language?: string | null;
        timeZone?: string | null;
        attributes?: Record<string, (string | number | boolean | string[]) | null>;
        emailConsent?: 'granted' | 'revoked' | 'unknown';
        smsConsent?: 'granted' | 'revoked' | 'unknown';
        doNotMarket?: boolean;
        trackingOff?: boolean;
      };
    };
    answer: {
      id: string;
    };
  };
  /** A contact with its subscriptions and what keeps it from being sent to. */
  'GET /contacts/{contactId}': {
    input: {
      path: {
        contactId: string;
      };
    };
    answer: {
      id: string;
      externalId: string | null;
      email: string | null;
      /** E.164 */ phone: string | null;
      firstName: string | null;
      lastName: string | null;
      language: string | null;
      timeZone: string | null;
      attributes: Record<string, string | number | boolean | string[]>;
      emailConsent: 'granted' | 'revoked' | 'unknown';
      smsConsent: 'granted' | 'revoked' | 'unknown';
      emailOptedOutAt: string | null;
      smsOptedOutAt: string | null;
      doNotMarket: boolean;
      trackingOff: boolean;
      hardBounces: number;
      softBounces: number;
      erasedAt: string | null;
      importId: string | null;
      createdAt: string;
      updatedAt: string;
      subscriptions: {
        listId: string;
        listName: string;
        status: 'subscribed' | 'unsubscribed' | 'pending';
        source: string;
        evidence: Record<string, unknown> | null;
        updatedAt: string;
      }[];
      suppressions: {
        id: string;
        channel: 'email' | 'sms';
        reason: string;
        source: string;
        createdAt: string;
      }[];
    };
  };
  /** Change the fields given; attributes are merged, null removes one. */
  'PATCH /contacts/{contactId}': {
    input: {
      path: {
        contactId: string;
      };
      body: {
        externalId?: string | null;
        email?: string | null;
        phone?: string | null;
        firstName?: string | null;
        lastName?: string | null;
        language?: string | null;
        timeZone?: string | null;
        attributes?: Record<string, (string | number | boolean | string[]) | null>;
        emailConsent?: 'granted' | 'revoked' | 'unknown';
        smsConsent?: 'granted' | 'revoked' | 'unknown';
        doNotMarket?: boolean;
        trackingOff?: boolean;
      };
    };
    answer: null;
  };
  /** Erase a person: every personal value goes, counts stay, the address is never taken again. */
  'DELETE /contacts/{contactId}': {
    input: {
      path: {
        contactId: string;
      };
      query: {
        why: string;
      };
    };
    answer: {
      contactId: string;
      erasedAt: string;
      cleared: Record<string, number>;
    };
  };
  /** Record what a person agreed to on one channel, with what proves it. */
  'POST /contacts/{contactId}/consent': {
    input: {
      path: {
        contactId: string;
      };
      body: {
        source: string;
        evidence?: Record<string, string | number | boolean>;
        channel: 'email' | 'sms';
        consent: 'granted' | 'revoked' | 'unknown';
      };
    };
    answer: {
      /** False when it was so already */ changed: boolean;
    };
  };
  /** What happened with a contact, newest first. */
  'GET /contacts/{contactId}/history': {
    input: {
      path: {
        contactId: string;
      };
      query?: {
        cursor?: string;
        limit?: number;
      };
    };
    answer: {
      items: Interaction[];
      nextCursor: string | null;
    };
  };
  /** Opt a contact out of a channel everywhere, or back in at its own wish. */
  'POST /contacts/{contactId}/opt-out': {
    input: {
      path: {
        contactId: string;
      };
      body: {
        source: string;
        evidence?: Record<string, string | number | boolean>;
        channel: 'email' | 'sms';
        optedOut?: boolean;
      };
    };
    answer: {
      /** False when it was so already */ changed: boolean;
    };
  };
  /** A link to the read-only panel of a contact, for a frame in another system, that ends by itself. */
  'POST /contacts/{contactId}/panel-link': {
    input: {
      path: {
        contactId: string;
      };
      body: {
        minutes?: number;
      };
    };
    answer: {
      url: string;
      expiresAt: string;
    };
  };
  /** The attributes contacts of the workspace may have. */
  'GET /contacts/attributes': {
    input: Record<never, never>;
    answer: {
      items: {
        key: string;
        label: string;
        type: 'text' | 'number' | 'boolean' | 'date' | 'tags';
      }[];
    };
  };
  /** Define an attribute; the same again changes nothing. */
  'POST /contacts/attributes': {
    input: {
      body: {
        label: string;
        type: 'text' | 'number' | 'boolean' | 'date' | 'tags';
        key?: string;
      };
    };
    answer: {
      key: string;
    };
  };
  /** The values an attribute often has. */
  'GET /contacts/attributes/{key}/values': {
    input: {
      path: {
        key: string;
      };
    };
    answer: {
      values: string[];
    };
  };
  /** Create or change up to 1,000 contacts; rows that cannot be taken are named, the others are written. */
  'POST /contacts/bulk': {
    input: {
      body: {
        contacts: {
          externalId?: string | null;
          email?: string | null;
          phone?: string | null;
          firstName?: string | null;
          lastName?: string | null;
          language?: string | null;
          timeZone?: string | null;
          attributes?: Record<string, (string | number | boolean | string[]) | null>;
          emailConsent?: 'granted' | 'revoked' | 'unknown';
          smsConsent?: 'granted' | 'revoked' | 'unknown';
          doNotMarket?: boolean;
          trackingOff?: boolean;
        }[];
        matchBy?: 'externalId' | 'email' | 'phone';
        dryRun?: boolean;
      };
    };
    answer: {
      dryRun: boolean;
      counts: {
        created: number;
        updated: number;
        unchanged: number;
        rejected: number;
      };
      items: {
        index: number;
        result: 'created' | 'updated' | 'unchanged' | 'rejected';
        id: string | null;
        issues: {
          path: string;
          message: string;
        }[];
      }[];
    };
  };
  /** What happened with whoever has this phone, email, customer number or id, newest first. */
  'GET /contacts/history': {
    input: {
      query?: {
        id?: string;
        externalId?: string;
        email?: string;
        phone?: string;
        cursor?: string;
        limit?: number;
      };
    };
    answer: {
      items: {
        id: string;
        at: string;
        /** Such as email.accepted or sms.failed */ type: string;
        step: number | null;
        deliveryId: string | null;
        runId: string | null;
        runName: string | null;
        campaignId: string | null;
        campaignName: string | null;
        data: Record<string, unknown> | null;
        contactId: string;
      }[];
      nextCursor: string | null;
    };
  };
  /** Everybody with exactly this phone (in any writing), email, customer number or id. */
  'GET /contacts/lookup': {
    input: {
      query?: {
        id?: string;
        externalId?: string;
        email?: string;
        phone?: string;
      };
    };
    answer: {
      items: Contact[];
    };
  };
  /** Tell of an event: every active campaign that listens to it starts for the contact, once per event id. */
  'POST /events': {
    input: {
      body: {
        event: string;
        eventId: string;
        contact: {
          id?: string;
          externalId?: string;
          email?: string;
          phone?: string;
        };
        dryRun?: boolean;
      };
    };
    answer: {
      contactId: string;
      started: {
        campaignId: string;
        runId: string | null;
        already: boolean;
      }[];
      skipped: {
        campaignId: string;
        reason: 'not_in_audience';
      }[];
    };
  };
  /** Workers, queue, providers and engine as they are now, and what is stalled. */
  'GET /health': {
    input: Record<never, never>;
    answer: Health;
  };
  /** Imports, newest first, in pages. */
  'GET /imports': {
    input: {
      query?: {
        cursor?: string;
        limit?: number;
      };
    };
    answer: {
      items: ImportSummary[];
      nextCursor: string | null;
    };
  };
  /** Import an upload that has arrived; with `dryRun` only count what would happen, row by row. */
  'POST /imports': {
    input: {
      body: {
        uploadId: string;
        mapping: {
          column: string;
          target:
            | {
                kind: 'field';
                field:
                  | 'external_id'
                  | 'email'
                  | 'phone'
                  | 'first_name'
                  | 'last_name'
                  | 'language'
                  | 'time_zone'
                  | 'email_consent'
                  | 'sms_consent'
                  | 'do_not_market';
              }
            | {
                kind: 'attribute';
                key: string;
                label: string;
                type: 'text' | 'number' | 'boolean' | 'date' | 'tags';
              }
            | {
                kind: 'ignore';
              };
        }[];
        options?: {
          encoding?: string;
          delimiter?: ',' | ';' | '\t' | '|';
          hasHeader?: boolean;
          dateOrder?: 'ymd' | 'dmy' | 'mdy';
          decimalMark?: 'point' | 'comma';
          defaultCountry?: string;
          emptyCells?: 'keep' | 'clear';
          badValues?: 'reject_row' | 'leave_empty';
        };
        listId?: string;
        dryRun?: boolean;
      };
    };
    answer: {
      id: string;
    };
  };
  /** How far an import is and what came of it. */
  'GET /imports/{importId}': {
    input: {
      path: {
        importId: string;
      };
    };
    answer: Import;
  };
  /** Stop an import; what it has written stays and can be undone. */
  'POST /imports/{importId}/cancel': {
    input: {
      path: {
        importId: string;
      };
    };
    answer: null;
  };
  /** The refused rows of an import with their reasons, as CSV. */
  'GET /imports/{importId}/rejected.csv': {
    input: {
      path: {
        importId: string;
      };
    };
    answer: string;
  };
  /** Rows that were refused or taken with a note, each with its reason, and how many of each. */
  'GET /imports/{importId}/remarks': {
    input: {
      path: {
        importId: string;
      };
      query?: {
        severity?: 'rejected' | 'note';
        code?: string;
        cursor?: string;
        limit?: number;
      };
    };
    answer: {
      items: Remark[];
      nextCursor: string | null;
      byCode: {
        code: string;
        severity: string;
        n: number;
      }[];
    };
  };
  /** Take an import back, within seven days; what was changed or written to since then stays. */
  'POST /imports/{importId}/undo': {
    input: {
      path: {
        importId: string;
      };
    };
    answer: {
      removed: number;
      restored: number;
      kept: number;
    };
  };
  /** Begin an upload that is then filled chunk by chunk. */
  'POST /imports/uploads': {
    input: {
      body: {
        fileName: string;
        mediaType?: string;
        sizeBytes?: number;
      };
    };
    answer: {
      id: string;
    };
  };
  /** How much of an upload has arrived. */
  'GET /imports/uploads/{uploadId}': {
    input: {
      path: {
        uploadId: string;
      };
    };
    answer: {
      id: string;
      fileName: string;
      completedAt: string | null;
      /** Numbers of the chunks that are here; what is missing is still to be sent */ chunks: number[];
    };
  };
  /** Send one chunk of at most 1 MiB as bytes; chunks may come in any order and more than once. */
  'PUT /imports/uploads/{uploadId}/chunks/{n}': {
    input: {
      path: {
        uploadId: string;
        n: string;
      };
      body: Blob;
    };
    answer: null;
  };
  /** Close an upload after its last chunk. */
  'POST /imports/uploads/{uploadId}/complete': {
    input: {
      path: {
        uploadId: string;
      };
      body: {
        sha256?: string;
      };
    };
    answer: {
      sizeBytes: number;
      sha256: string;
    };
  };
  /** How an uploaded file is read: encoding, delimiter, header, samples and a mapping to start from. */
  'POST /imports/uploads/{uploadId}/inspection': {
    input: {
      path: {
        uploadId: string;
      };
      body: {
        encoding?: string;
        delimiter?: ',' | ';' | '\t' | '|';
        hasHeader?: boolean;
      };
    };
    answer: Inspection;
  };
  /** API keys, newest first; the keys themselves are not kept. */
  'GET /keys': {
    input: {
      query?: {
        cursor?: string;
        limit?: number;
      };
    };
    answer: {
      items: ApiKey[];
      nextCursor: string | null;
    };
  };
  /** Make an API key; it is shown this once. */
  'POST /keys': {
    input: {
      body: {
        name: string;
        live?: boolean;
        scopes: (
          | 'workspace.manage'
          | 'members.manage'
          | 'providers.manage'
          | 'keys.manage'
          | 'contacts.read'
          | 'contacts.write'
          | 'contacts.export'
          | 'contacts.erase'
          | 'campaigns.read'
          | 'campaigns.write'
          | 'campaigns.launch'
          | 'runs.read'
          | 'runs.control'
          | 'reports.read'
          | 'service.lookup'
          | 'service.act'
          | 'audit.read'
        )[];
        expiresAt?: string | null;
      };
    };
    answer: {
      id: string;
      key: string;
      prefix: string;
    };
  };
  /** An API key without its secret. */
  'GET /keys/{keyId}': {
    input: {
      path: {
        keyId: string;
      };
    };
    answer: ApiKey;
  };
  /** Revoke an API key; its next request is refused. */
  'DELETE /keys/{keyId}': {
    input: {
      path: {
        keyId: string;
      };
    };
    answer: null;
  };
  /** Lists by name, each with its number of people. */
  'GET /lists': {
    input: {
      query?: {
        cursor?: string;
        limit?: number;
        search?: string;
        archived?: 'true' | 'false';
      };
    };
    answer: {
      items: List[];
      nextCursor: string | null;
    };
  };
  /** Make an empty list. */
  'POST /lists': {
    input: {
      body: {
        name: string;
        description?: string | null;
      };
    };
    answer: {
      id: string;
    };
  };
  /** A list with its number of people. */
  'GET /lists/{listId}': {
    input: {
      path: {
        listId: string;
      };
    };
    answer: List;
  };
  /** Rename or describe a list. */
  'PATCH /lists/{listId}': {
    input: {
      path: {
        listId: string;
      };
      body: {
        name?: string;
        description?: string | null;
      };
    };
    answer: null;
  };
  /** Archive a list; its subscriptions stay as evidence. */
  'DELETE /lists/{listId}': {
    input: {
      path: {
        listId: string;
      };
    };
    answer: null;
  };
  /** The people of a list with what proves each subscription. */
  'GET /lists/{listId}/contacts': {
    input: {
      path: {
        listId: string;
      };
      query?: {
        search?: string;
        status?: 'subscribed' | 'unsubscribed' | 'pending';
        consent?:
          | 'email_granted'
          | 'email_unknown'
          | 'email_revoked'
          | 'email_opted_out'
          | 'sms_granted'
          | 'sms_unknown'
          | 'sms_revoked'
          | 'sms_opted_out'
          | 'do_not_market';
        sort?: 'added' | 'email' | 'external_id';
        direction?: 'asc' | 'desc';
        cursor?: string;
        limit?: number;
      };
    };
    answer: {
      items: SubscribedContact[];
      nextCursor: string | null;
    };
  };
  /** Take contacts off a list; who unsubscribed stays on record. */
  'POST /lists/{listId}/remove': {
    input: {
      path: {
        listId: string;
      };
      body: {
        contactIds: string[];
      };
    };
    answer: {
      removed: number;
    };
  };
  /** Put contacts on a list, with what proves their wish. */
  'POST /lists/{listId}/subscribe': {
    input: {
      path: {
        listId: string;
      };
      body: {
        source: string;
        evidence?: Record<string, string | number | boolean>;
        contactIds: string[];
        status?: 'subscribed' | 'pending';
        resubscribe?: boolean;
      };
    };
    answer: {
      subscribed: number;
      keptUnsubscribed: number;
    };
  };
  /** Mark contacts of a list as unsubscribed; they stay on record. */
  'POST /lists/{listId}/unsubscribe': {
    input: {
      path: {
        listId: string;
      };
      body: {
        source: string;
        evidence?: Record<string, string | number | boolean>;
        contactIds: string[];
      };
    };
    answer: {
      unsubscribed: number;
    };
  };
  /** Output tables by name, archived ones last. */
  'GET /outputs': {
    input: Record<never, never>;
    answer: {
      items: {
        id: string;
        name: string;
        slug: string;
        columns: string[];
        createdAt: string;
        archivedAt: string | null;
      }[];
    };
  };
  /** Make an output table. */
  'POST /outputs': {
    input: {
      body: {
        name: string;
        slug?: string;
        columns?: string[];
      };
    };
    answer: {
      id: string;
      slug: string;
    };
  };
  /** An output table with its number of rows. */
  'GET /outputs/{table}': {
    input: {
      path: {
        table: string;
      };
    };
    answer: {
      id: string;
      name: string;
      slug: string;
      columns: string[];
      createdAt: string;
      archivedAt: string | null;
      rows: number;
    };
  };
  /** Rename an output table or order its columns; rows and its stable name stay. */
  'PATCH /outputs/{table}': {
    input: {
      path: {
        table: string;
      };
      body: {
        name?: string;
        columns?: string[];
      };
    };
    answer: null;
  };
  /** Archive an output table; its rows stay readable. */
  'DELETE /outputs/{table}': {
    input: {
      path: {
        table: string;
      };
    };
    answer: null;
  };
  /** An output table as CSV. */
  'GET /outputs/{table}/csv': {
    input: {
      path: {
        table: string;
      };
      query?: {
        runId?: string;
      };
    };
    answer: string;
  };
  /** Rows of an output table, newest run first. */
  'GET /outputs/{table}/rows': {
    input: {
      path: {
        table: string;
      };
      query?: {
        runId?: string;
        cursor?: string;
        limit?: number;
      };
    };
    answer: {
      items: OutputRow[];
      nextCursor: string | null;
    };
  };
  /** The providers that carry messages, without their secrets. */
  'GET /providers': {
    input: Record<never, never>;
    answer: {
      items: Provider[];
    };
  };
  /** Connect a provider; its secrets are sealed and never told again. */
  'POST /providers': {
    input: {
      body: {
        name: string;
        config:
          | {
              kind: 'capture_email';
              host: string;
              port: number;
              connections?: number;
            }
          | {
              kind: 'capture_sms';
              baseUrl: string;
              concurrency?: number;
            }
          | {
              kind: 'smtp';
              host: string;
              port: number;
              security?: 'tls' | 'starttls' | 'opportunistic' | 'none';
              user?: string;
              clientName?: string;
              connections?: number;
              maxMessagesPerConnection?: number;
              allowInvalidCertificate?: boolean;
              dataEndTimeoutMs?: number;
            }
          | {
              kind: 'resend';
              baseUrl?: string;
              concurrentGroups?: number;
              maxGroupSize?: number;
              timeoutMs?: number;
            }
          | {
              kind: 'twilio';
              baseUrl?: string;
              accountSid: string;
              keySid?: string;
              concurrency?: number;
              timeoutMs?: number;
            }
          | {
              kind: 'smpp';
              host: string;
              port: number;
              tls?: boolean;
              systemId: string;
              systemType?: string;
              window?: number;
              responseTimeoutMs?: number;
            };
        secrets?: Record<string, string | null>;
        maxPerSecond?: number | null;
        sandbox?: boolean;
      };
    };
    answer: {
      id: string;
    };
  };
  /** Change a provider; only the secrets that are named are replaced, null removes one. */
  'PATCH /providers/{providerId}': {
    input: {
      path: {
        providerId: string;
      };
      body: {
        name?: string;
        config?:
          | {
              kind: 'capture_email';
              host: string;
              port: number;
              connections?: number;
            }
          | {
              kind: 'capture_sms';
              baseUrl: string;
              concurrency?: number;
            }
          | {
              kind: 'smtp';
              host: string;
              port: number;
              security?: 'tls' | 'starttls' | 'opportunistic' | 'none';
              user?: string;
              clientName?: string;
              connections?: number;
              maxMessagesPerConnection?: number;
              allowInvalidCertificate?: boolean;
              dataEndTimeoutMs?: number;
            }
          | {
              kind: 'resend';
              baseUrl?: string;
              concurrentGroups?: number;
              maxGroupSize?: number;
              timeoutMs?: number;
            }
          | {
              kind: 'twilio';
              baseUrl?: string;
              accountSid: string;
              keySid?: string;
              concurrency?: number;
              timeoutMs?: number;
            }
          | {
              kind: 'smpp';
              host: string;
              port: number;
              tls?: boolean;
              systemId: string;
              systemType?: string;
              window?: number;
              responseTimeoutMs?: number;
            };
        secrets?: Record<string, string | null>;
        maxPerSecond?: number | null;
      };
    };
    answer: null;
  };
  /** Retire a provider and forget its secrets. */
  'DELETE /providers/{providerId}': {
    input: {
      path: {
        providerId: string;
      };
    };
    answer: null;
  };
  /** Prove address and credentials of a provider; nothing is sent. */
  'POST /providers/{providerId}/verify': {
    input: {
      path: {
        providerId: string;
      };
    };
    answer: {
      ok: boolean;
      text: string;
    };
  };
  /** Runs of a period with what became of their messages, newest first. */
  'GET /reports/runs': {
    input: {
      query?: {
        days?: number;
        campaignId?: string;
      };
    };
    answer: {
      items: ReportRun[];
    };
  };
  /** Runs of a period with their outcomes as CSV; no personal data. */
  'GET /reports/runs.csv': {
    input: {
      query?: {
        days?: number;
        campaignId?: string;
      };
    };
    answer: string;
  };
  /** The report of one run: outcomes by step, clicks by link, bounces by domain, opens and clicks over time. */
  'GET /reports/runs/{runId}': {
    input: {
      path: {
        runId: string;
      };
    };
    answer: RunReport;
  };
  /** Runs in pages, searched, filtered and sorted, with their numbers. */
  'GET /runs': {
    input: {
      query?: {
        q?: string;
        filter?:
          | 'scheduled'
          | 'queuing'
          | 'sending'
          | 'paused'
          | 'completed'
          | 'cancelled'
          | 'failed'
          | 'under_way'
          | 'with_issues';
        campaignId?: string;
        sort?: 'started' | 'name' | 'audience' | 'status';
        direction?: 'asc' | 'desc';
        cursor?: string;
        limit?: number;
      };
    };
    answer: {
      items: RunRow[];
      nextCursor: string | null;
      totals: {
        runs: number;
        audience: number;
      };
    };
  };
  /** A run: what it sends and who launched it. */
  'GET /runs/{runId}': {
    input: {
      path: {
        runId: string;
      };
    };
    answer: Run;
  };
  /** End a run for good; what was accepted stays accepted. */
  'POST /runs/{runId}/cancel': {
    input: {
      path: {
        runId: string;
      };
      body?: {
        reason?: string;
      };
    };
    answer: null;
  };
  /** Certificate of a run: counts from the rows, digests of content and ledger. */
  'GET /runs/{runId}/certificate': {
    input: {
      path: {
        runId: string;
      };
    };
    answer: RunCertificate;
  };
  /** The people behind one number of a run: of a step, in a state, for a cause, of a wave, a domain or a link. */
  'GET /runs/{runId}/deliveries': {
    input: {
      path: {
        runId: string;
      };
      query: {
        wave?: number;
        domain?: string;
        link?: number;
        openedBy?: 'people' | 'machines' | 'unknown';
        step: number;
        state?: 'accepted' | 'failed' | 'skipped' | 'in_doubt' | 'cancelled' | 'expired' | 'waiting';
        cause?: string;
        fact?: 'delivered' | 'bounced' | 'complained' | 'opened' | 'clicked' | 'unsubscribed';
        cursor?: string;
        limit?: number;
      };
    };
    answer: {
      items: Delivery[];
      nextCursor: string | null;
    };
  };
  /** The deliveries of a run, or of a part of it, as CSV. */
  'GET /runs/{runId}/deliveries.csv': {
    input: {
      path: {
        runId: string;
      };
      query?: {
        wave?: number;
        domain?: string;
        link?: number;
        openedBy?: 'people' | 'machines' | 'unknown';
        step?: number;
        state?: 'accepted' | 'failed' | 'skipped' | 'in_doubt' | 'cancelled' | 'expired' | 'queued';
        fact?: 'delivered' | 'bounced' | 'complained' | 'opened' | 'clicked' | 'unsubscribed';
      };
    };
    answer: string;
  };
  /** What a run is doing now, its rate over time, what went wrong, its trail. */
  'GET /runs/{runId}/details': {
    input: {
      path: {
        runId: string;
      };
    };
    answer: RunDetails;
  };
  /** Deliveries in doubt, each with its evidence. */
  'GET /runs/{runId}/doubts': {
    input: {
      path: {
        runId: string;
      };
      query?: {
        cursor?: string;
        limit?: number;
      };
    };
    answer: {
      items: Doubt[];
      nextCursor: string | null;
    };
  };
  /** Decide about deliveries in doubt: treat them as sent, or send them again, which may reach somebody twice. */
  'POST /runs/{runId}/doubts/decide': {
    input: {
      path: {
        runId: string;
      };
      body: {
        deliveryIds: string[];
        decision: 'treat_as_sent' | 'send_again';
        reason?: string;
      };
    };
    answer: {
      decided: number;
    };
  };
  /** Who of the lists is not in the audience, each with the reason. */
  'GET /runs/{runId}/excluded': {
    input: {
      path: {
        runId: string;
      };
      query?: {
        reason?: string;
        cursor?: string;
        limit?: number;
      };
    };
    answer: {
      items: {
        contactId: string;
        name: string | null;
        email: string | null;
        phone: string | null;
        reason: string;
      }[];
      nextCursor: string | null;
    };
  };
  /** What did not end well, grouped by step and cause, in plain words. */
  'GET /runs/{runId}/issues': {
    input: {
      path: {
        runId: string;
      };
    };
    answer: {
      items: IssueGroup[];
    };
  };
  /** Stop a run within one group in flight; what waits stays queued. */
  'POST /runs/{runId}/pause': {
    input: {
      path: {
        runId: string;
      };
      body?: {
        reason?: string;
      };
    };
    answer: null;
  };
  /** Live numbers of a run. */
  'GET /runs/{runId}/progress': {
    input: {
      path: {
        runId: string;
      };
    };
    answer: RunProgress;
  };
  /** Change how fast a run may send; null lifts the limit. */
  'PUT /runs/{runId}/rate': {
    input: {
      path: {
        runId: string;
      };
      body: {
        maxPerSecond: number | null;
      };
    };
    answer: null;
  };
  /** Deliveries settled per second over the life of a run. */
  'GET /runs/{runId}/rates': {
    input: {
      path: {
        runId: string;
      };
    };
    answer: RunRates;
  };
  /** Let the next held wave go now. */
  'POST /runs/{runId}/release-wave': {
    input: {
      path: {
        runId: string;
      };
    };
    answer: {
      wave: number;
    };
  };
  /** Start a new run of the same version: for new matches, for everybody, or from a later step on. */
  'POST /runs/{runId}/rerun': {
    input: {
      path: {
        runId: string;
      };
      body: {
        kind: 'new_matches' | 'everybody' | 'from_step';
        step?: number;
        requestKey: string;
      };
    };
    answer: {
      runId: string;
      already: boolean;
    };
  };
  /** For how many people each kind of rerun would be, as things are now. */
  'GET /runs/{runId}/rerun-options': {
    input: {
      path: {
        runId: string;
      };
    };
    answer: RerunOptions;
  };
  /** Let a paused run go on exactly where it stopped. */
  'POST /runs/{runId}/resume': {
    input: {
      path: {
        runId: string;
      };
    };
    answer: null;
  };
  /** Send again what failed, all of it or by step, class and cause; nothing accepted or in doubt is touched. */
  'POST /runs/{runId}/retry': {
    input: {
      path: {
        runId: string;
      };
      body: {
        step?: number;
        classes?: ('recipient' | 'content' | 'provider' | 'account' | 'internal')[];
        cause?: string;
      };
    };
    answer: {
      queued: number;
    };
  };
  /** What needs a person now: stalled and paused runs, providers held back, doubt, failures. */
  'GET /runs/attention': {
    input: Record<never, never>;
    answer: {
      items: AttentionItem[];
    };
  };
  /** Runs that should move and do not, each with the reason. */
  'GET /runs/stalled': {
    input: Record<never, never>;
    answer: {
      items: StalledRun[];
    };
  };
  /** Segments by name, each with its rule in words. */
  'GET /segments': {
    input: {
      query?: {
        cursor?: string;
        limit?: number;
        search?: string;
        archived?: 'true' | 'false';
      };
    };
    answer: {
      items: SegmentRow[];
      nextCursor: string | null;
    };
  };
  /** Save a segment. */
  'POST /segments': {
    input: {
      body: {
        name: string;
        description?: string;
        rule: SegmentRule;
      };
    };
    answer: {
      id: string;
    };
  };
  /** A segment with its rule; its ETag is its revision. */
  'GET /segments/{segmentId}': {
    input: {
      path: {
        segmentId: string;
      };
    };
    answer: Segment;
  };
  /** Change a segment; needs If-Match or “revision”. */
  'PATCH /segments/{segmentId}': {
    input: {
      path: {
        segmentId: string;
      };
      body: {
        revision?: number;
        name?: string;
        description?: string | null;
        rule?: SegmentRule;
      };
    };
    answer: {
      revision: number;
    };
  };
  /** Archive a segment; what uses it keeps working. */
  'DELETE /segments/{segmentId}': {
    input: {
      path: {
        segmentId: string;
      };
    };
    answer: null;
  };
  /** The contacts who are in a segment now, newest first. */
  'GET /segments/{segmentId}/contacts': {
    input: {
      path: {
        segmentId: string;
      };
      query?: {
        cursor?: string;
        limit?: number;
      };
    };
    answer: {
      items: Contact[];
      nextCursor: string | null;
    };
  };
  /** How many contacts are in a segment now. */
  'GET /segments/{segmentId}/count': {
    input: {
      path: {
        segmentId: string;
      };
      query?: {
        exact?: 'true' | 'false';
      };
    };
    answer: {
      count: number;
      /** False: an estimate, because counting everybody would take longer than half a second */ isExact: boolean;
      /** Everybody there is */ total: number;
    };
  };
  /** Why a contact matches a rule or not, condition by condition. */
  'POST /segments/explain': {
    input: {
      body: {
        rule: SegmentRule;
        contactId: string;
      };
    };
    answer: Explanation;
  };
  /** How many contacts match a rule that is being edited, and ten of them; nothing is saved. */
  'POST /segments/preview': {
    input: {
      body: {
        rule: SegmentRule;
      };
    };
    answer: {
      count: number;
      /** False: an estimate, because counting everybody would take longer than half a second */ isExact: boolean;
      /** Everybody there is */ total: number;
      /** The ten newest who match */ samples: {
        id: string;
        externalId: string | null;
        email: string | null;
        phone: string | null;
        firstName: string | null;
        lastName: string | null;
      }[];
    };
  };
  /** The senders campaigns may use. */
  'GET /senders': {
    input: Record<never, never>;
    answer: {
      items: Sender[];
    };
  };
  /** Add a sender to a provider. */
  'POST /senders': {
    input: {
      body:
        | {
            channel: 'email';
            name: string;
            providerAccountId: string;
            fromName?: string | null;
            address: string;
            replyTo?: string | null;
            bounceDomain?: string | null;
          }
        | {
            channel: 'sms';
            name: string;
            providerAccountId: string;
            address: string;
          };
    };
    answer: {
      id: string;
    };
  };
  /** Change a sender; its channel stays. */
  'PUT /senders/{senderId}': {
    input: {
      path: {
        senderId: string;
      };
      body:
        | {
            channel: 'email';
            name: string;
            providerAccountId: string;
            fromName?: string | null;
            address: string;
            replyTo?: string | null;
            bounceDomain?: string | null;
          }
        | {
            channel: 'sms';
            name: string;
            providerAccountId: string;
            address: string;
          };
    };
    answer: null;
  };
  /** Archive a sender. */
  'DELETE /senders/{senderId}': {
    input: {
      path: {
        senderId: string;
      };
    };
    answer: null;
  };
  /** Customers by number, phone in any writing, email or name, the surest first. */
  'GET /service/customers': {
    input: {
      query: {
        q: string;
        limit?: number;
      };
    };
    answer: {
      items: CustomerHit[];
      more: boolean;
    };
  };
  /** Everything customer service is asked about one person: what will come, what is under way, what was. Audited. */
  'GET /service/customers/{contactId}': {
    input: {
      path: {
        contactId: string;
      };
      query?: {
        cursor?: string;
        limit?: number;
      };
    };
    answer: CustomerAnswer;
  };
  /** Add a note to the history of a customer. */
  'POST /service/customers/{contactId}/notes': {
    input: {
      path: {
        contactId: string;
      };
      body: {
        text: string;
      };
    };
    answer: {
      id: string;
    };
  };
  /** Unsubscribe a customer who asked for it, with how they asked; at once, also for what is on its way. */
  'POST /service/customers/{contactId}/unsubscribe': {
    input: {
      path: {
        contactId: string;
      };
      body: {
        channel: 'email' | 'sms';
        reason: 'phone' | 'chat' | 'email' | 'letter' | 'in_person';
        note?: string;
      };
    };
    answer: {
      /** False when it was so already */ changed: boolean;
    };
  };
  /** The exact message as it was sent, made again from what was frozen. Its HTML is as it was: show it sealed off. */
  'GET /service/messages/{deliveryId}': {
    input: {
      path: {
        deliveryId: string;
      };
    };
    answer: RebuiltMessage;
  };
  /** Send one message again, to the address the first one went to, with a reason. */
  'POST /service/messages/{deliveryId}/resend': {
    input: {
      path: {
        deliveryId: string;
      };
      body: {
        reason: 'not_arrived' | 'lost' | 'unreadable' | 'other';
        note?: string;
      };
    };
    answer: {
      deliveryId: string;
      runId: string;
      /** Now is outside of the hours in which the customer may be written to: when it goes, and what they are */ waits: {
        until: string;
        hours: string;
      } | null;
    };
  };
  /** Addresses that are never sent to, newest first. */
  'GET /suppressions': {
    input: {
      query?: {
        cursor?: string;
        limit?: number;
        channel?: 'email' | 'sms';
        reason?: 'bounce' | 'complaint' | 'manual' | 'unsubscribed' | 'erased';
        search?: string;
      };
    };
    answer: {
      items: Suppression[];
      nextCursor: string | null;
    };
  };
  /** Make sure that an address is never sent to; the first reason on record stays. */
  'POST /suppressions': {
    input: {
      body: {
        channel: 'email' | 'sms';
        address: string;
        reason?: 'bounce' | 'complaint' | 'manual' | 'unsubscribed';
        source?: string;
        note?: string;
      };
    };
    answer: {
      id: string;
      added: boolean;
    };
  };
  /** Let an address be sent to again. */
  'DELETE /suppressions/{suppressionId}': {
    input: {
      path: {
        suppressionId: string;
      };
      query: {
        why: string;
      };
    };
    answer: null;
  };
  /** Add many addresses at once, as text or CSV; rows that are no address are named. */
  'POST /suppressions/bulk': {
    input: {
      body: {
        channel: 'email' | 'sms';
        text: string;
        reason?: 'bounce' | 'complaint' | 'manual' | 'unsubscribed';
        source?: string;
      };
    };
    answer: {
      added: number;
      known: number;
      rejected: {
        row: number;
        text: string;
        message: string;
      }[];
      rejectedCount: number;
    };
  };
  /** Every suppressed address as CSV. */
  'GET /suppressions/export.csv': {
    input: {
      query?: {
        channel?: 'email' | 'sms';
      };
    };
    answer: string;
  };
  /** Templates, the last changed first. */
  'GET /templates': {
    input: {
      query?: {
        channel?: 'email' | 'sms';
        q?: string;
        archived?: 'true' | 'false';
        cursor?: string;
        limit?: number;
      };
    };
    answer: {
      items: TemplateRow[];
      nextCursor: string | null;
    };
  };
  /** Make a template from content, from a starter, or almost empty. */
  'POST /templates': {
    input: {
      body: {
        channel: 'email' | 'sms';
        name: string;
        /** For sms {
text }; for email {
subject, preheader?, language?, blocks }, as GET /templates/{templateId} has it */ content?: unknown;
        starterId?: string;
      };
    };
    answer: {
      id: string;
      revision: number;
    };
  };
  /** A template with its content. */
  'GET /templates/{templateId}': {
    input: {
      path: {
        templateId: string;
      };
    };
    answer: Template;
  };
  /** Save a new name or new content over the revision it was made on. */
  'PATCH /templates/{templateId}': {
    input: {
      path: {
        templateId: string;
      };
      body: {
        revision?: number;
        name?: string;
        /** For sms {
text }; for email {
subject, preheader?, language?, blocks }, as GET /templates/{templateId} has it */ content?: unknown;
        isAutosave?: boolean;
      };
    };
    answer: {
      revision: number;
    };
  };
  /** Archive a template. */
  'POST /templates/{templateId}/archive': {
    input: {
      path: {
        templateId: string;
      };
    };
    answer: null;
  };
  /** A template as the HTML that a made-up person would receive. */
  'GET /templates/{templateId}/document': {
    input: {
      path: {
        templateId: string;
      };
      query?: {
        revision?: number;
        v?: string;
      };
    };
    answer: string;
  };
  /** Copy a template. */
  'POST /templates/{templateId}/duplicate': {
    input: {
      path: {
        templateId: string;
      };
    };
    answer: {
      id: string;
      revision: number;
    };
  };
  /** Make an earlier version the newest revision. */
  'POST /templates/{templateId}/restore': {
    input: {
      path: {
        templateId: string;
      };
      body: {
        revision: number;
        version: number;
      };
    };
    answer: {
      revision: number;
    };
  };
  /** Unarchive a template. */
  'POST /templates/{templateId}/unarchive': {
    input: {
      path: {
        templateId: string;
      };
    };
    answer: null;
  };
  /** The kept versions of a template, newest first. */
  'GET /templates/{templateId}/versions': {
    input: {
      path: {
        templateId: string;
      };
    };
    answer: {
      items: {
        revision: number;
        savedBy: string;
        savedAt: string;
      }[];
    };
  };
  /** Images for use in emails, newest first. */
  'GET /templates/assets': {
    input: Record<never, never>;
    answer: {
      items: Asset[];
    };
  };
  /** Store an image; the body is the file. */
  'POST /templates/assets': {
    input: {
      query?: {
        name?: string;
      };
      body: Blob;
    };
    answer: {
      id: string;
      /** Path on this installation */ src: string;
      mediaType: string;
      width: number;
      height: number;
    };
  };
  /** What would go wrong for how many contacts. */
  'POST /templates/check': {
    input: {
      body:
        | {
            id: string;
          }
        | {
            channel: 'email' | 'sms';
            /** For sms {
text }; for email {
subject, preheader?, language?, blocks }, as GET /templates/{templateId} has it */ content: unknown;
          };
    };
    answer: {
      findings: {
        code: 'unknown_tag' | 'no_fallback' | 'no_unsubscribe_link' | 'no_postal_address';
        /** A campaign with this template is not launched */ isCritical: boolean;
        field: string | null;
        /** For whom it goes wrong */ contacts: number;
        message: string;
      }[];
    };
  };
  /** A few contacts to preview a template as. */
  'GET /templates/contacts': {
    input: {
      query?: {
        q?: string;
      };
    };
    answer: {
      items: {
        id: string;
        name: string;
        detail: string;
      }[];
    };
  };
  /** The fields a tag may read from a contact: the standard ones, then the attributes of the workspace. */
  'GET /templates/merge-fields': {
    input: Record<never, never>;
    answer: {
      items: {
        key: string;
        label: string;
        type: 'text' | 'number' | 'boolean' | 'date' | 'tags';
        isAttribute: boolean;
      }[];
    };
  };
  /** What one contact would read, of content that need not be saved. */
  'POST /templates/preview': {
    input: {
      body: {
        channel: 'email' | 'sms';
        /** For sms {
text }; for email {
subject, preheader?, language?, blocks }, as GET /templates/{templateId} has it */ content: unknown;
        as?: string;
      };
    };
    answer: TemplatePreview;
  };
  /** A starter as the HTML that a made-up person would receive. */
  'GET /templates/starters/{starterId}/document': {
    input: {
      path: {
        starterId: string;
      };
    };
    answer: string;
  };
  /** Webhook endpoints, newest first. */
  'GET /webhooks': {
    input: Record<never, never>;
    answer: {
      items: Webhook[];
    };
  };
  /** Make a webhook endpoint; its signing secret is shown this once. */
  'POST /webhooks': {
    input: {
      body: {
        url: string;
        eventTypes: string[];
        description?: string | null;
      };
    };
    answer: {
      id: string;
      secret: string;
    };
  };
  /** A webhook endpoint without its secret. */
  'GET /webhooks/{webhookId}': {
    input: {
      path: {
        webhookId: string;
      };
    };
    answer: Webhook;
  };
  /** Change a webhook endpoint, or switch it on or off. */
  'PATCH /webhooks/{webhookId}': {
    input: {
      path: {
        webhookId: string;
      };
      body: {
        url?: string;
        eventTypes?: string[];
        description?: string | null;
        enabled?: boolean;
      };
    };
    answer: null;
  };
  /** Remove a webhook endpoint with its log. */
  'DELETE /webhooks/{webhookId}': {
    input: {
      path: {
        webhookId: string;
      };
    };
    answer: null;
  };
  /** The log of a webhook, newest first: every message with its attempts and last answer. */
  'GET /webhooks/{webhookId}/messages': {
    input: {
      path: {
        webhookId: string;
      };
      query?: {
        state?: 'queued' | 'sent' | 'failed';
        cursor?: string;
        limit?: number;
      };
    };
    answer: {
      items: WebhookMessage[];
      nextCursor: string | null;
    };
  };
  /** Send one message of the log again, or everything that failed since a time; ids stay the same. */
  'POST /webhooks/{webhookId}/replay': {
    input: {
      path: {
        webhookId: string;
      };
      body: {
        messageId?: string;
        failedSince?: string;
      };
    };
    answer: {
      queued: number;
    };
  };
  /** The workspace of this key with its settings. */
  'GET /workspace': {
    input: Record<never, never>;
    answer: {
      id: string;
      name: string;
      slug: string;
      timeZone: string;
      settings: Record<string, unknown>;
      demo: boolean;
      createdAt: string;
    };
  };
  /** Change name, time zone or settings of the workspace; null unsets one. */
  'PATCH /workspace': {
    input: {
      body: {
        name?: string;
        timeZone?: string;
        settings?: {
          postalAddress?: string | null;
          logoUrl?: string | null;
          brandColor?: string | null;
          trackOpens?: boolean | null;
          trackClicks?: boolean | null;
          approvalAboveRecipients?: number | null;
          frameAncestors?: string[] | null;
          defaultCountry?: string | null;
          bounceLimit?: number | null;
          smsPrice?: {
            amount: number;
            currency: string;
          } | null;
          sendHours?: {
            email?: {
              days: number[];
              from: string;
              until: string;
              whose?: 'contact' | 'workspace';
            };
            sms?: {
              days: number[];
              from: string;
              until: string;
              whose?: 'contact' | 'workspace';
            };
          } | null;
          sandbox?: boolean | null;
          requireSecondFactor?: boolean | null;
        };
      };
    };
    answer: {
      changed: string[];
    };
  };
}

/** Writes whose answer is shown once and never kept. */
export const WITHOUT_KEY: readonly (keyof Operations)[] = [
  'POST /connections',
  'POST /contacts/{contactId}/panel-link',
  'POST /keys',
  'POST /webhooks',
];
