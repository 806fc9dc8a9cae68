/** What went wrong with a group of deliveries, for a person who has never seen an SMTP reply. */
export interface ErrorWords {
  /** Completes “37 were not sent: …”; a sentence without its full stop. */
  what: string;
  /** What to do about it, or why nothing needs doing. */
  fix: string;
  /** Whether sending again can end differently: at once, once something was put right, or never. */
  retry: 'now' | 'after_fix' | 'pointless';
}

export type Pattern = [matches: RegExp, words: ErrorWords];

export const words = (what: string, fix: string, retry: ErrorWords['retry']): ErrorWords => ({ what, fix, retry });

const NO_SUCH_PHONE = words(
  'the number is not a phone number that can be reached',
  'Correct the numbers in the contacts, then retry. Retrying unchanged numbers gives the same answer.',
  'after_fix',
);
const FULL_MAILBOX = words(
  'the mailbox is full',
  'These people exist but cannot take mail now. Retry in a day or two.',
  'now',
);
const TOO_LARGE = words(
  'the message is larger than the recipient’s server takes',
  'Make the message smaller, with fewer or lighter pictures, and launch it for those not reached.',
  'pointless',
);
const LOST_BEFORE = words(
  'the connection to the provider broke before the message was handed over',
  'Nothing of these was sent. Retry them now.',
  'now',
);

/** By code of one class; the first that matches speaks. Codes: RFC 3463, RFC 5321, Twilio, Resend, SMPP 3.4, our own. */
export const BY_CLASS: Record<string, Pattern[]> = {
  recipient: [
    [
      /^\d{3} [45]\.1\.[16]$|^550$|^551$/,
      words(
        'the mailbox does not exist',
        'Correct the addresses in the contacts, then retry. Retrying unchanged addresses gives the same answer.',
        'after_fix',
      ),
    ],
    [
      /^\d{3} 5\.1\.(?:2|10)$|^\d{3} 5\.4\.\d+$/,
      words(
        'the part of the address after the @ does not take mail',
        'Usually a spelling mistake in the domain. Correct the addresses, then retry.',
        'after_fix',
      ),
    ],
    [
      /^\d{3} 5\.1\.3$|^553$/,
      words('the address is not written as an email address', 'Correct the addresses, then retry.', 'after_fix'),
    ],
    [
      /^\d{3} 5\.2\.1$/,
      words(
        'the mailbox is switched off',
        'Nothing to correct on our side. Ask these people for another address.',
        'pointless',
      ),
    ],
    [/^\d{3} [45]\.2\.2$|^552$/, FULL_MAILBOX],
    [
      /^4\d\d(?: |$)/,
      words(
        'the recipient’s server put us off every time we tried',
        'Such servers often accept a later attempt. Retry in an hour or so.',
        'now',
      ),
    ],
    [
      /^\d{3} 5\.7\.\d+$/,
      words(
        'the recipient’s server does not accept mail for this address',
        'The recipient’s own rules refuse it. Retrying seldom helps.',
        'pointless',
      ),
    ],
    [
      /^21610$|^21421$/,
      words(
        'they replied STOP to this number',
        'They opted out at the provider. They must text START themselves before anything can be sent.',
        'pointless',
      ),
    ],
    [/^21(?:211|214|217|266|614)$|^60200$|^ESME_R(?:INVDSTADR|INVDSTTON|INVDSTNPI)$/, NO_SUCH_PHONE],
    [
      /^21408$|^21612$|^21635$/,
      words(
        'the provider does not deliver to this country or network',
        'Allow the destination in the provider’s settings, then retry.',
        'after_fix',
      ),
    ],
    [
      /^3000[356]$/,
      words('the phone could not be reached', 'It may be off, abroad or a landline. Retry later.', 'now'),
    ],
    [
      /^30004$/,
      words(
        'the number blocks messages from us',
        'The recipient or the network refuses them. Retrying does not help.',
        'pointless',
      ),
    ],
    [
      /^30007$/,
      words(
        'the network filtered the message as spam',
        'Change the wording and links of the message, and launch it for those not reached.',
        'pointless',
      ),
    ],
    [
      /^validation_error$|^invalid_/,
      words('the provider does not take the address', 'Correct the addresses, then retry.', 'after_fix'),
    ],
  ],
  content: [
    [
      /^render_failed$/,
      words(
        'the message could not be filled with this contact’s data',
        'Correct the named field in the contacts, or give the merge tag a fallback and launch again for those not reached.',
        'pointless',
      ),
    ],
    [/^\d{3} 5\.(?:2\.3|3\.4)$|^552$|^523$|^413$/, TOO_LARGE],
    [
      /^21617$|^21605$|^ESME_RINVMSGLEN$/,
      words(
        'the text is longer than an SMS may be',
        'Shorten the text and launch it for those not reached.',
        'pointless',
      ),
    ],
    [
      /^2165[456]$/,
      words(
        'the provider’s template or its variables do not fit',
        'Correct the template, and launch it for those not reached.',
        'pointless',
      ),
    ],
    [
      /./,
      words(
        'the provider refused the content of the message',
        'Read its answer below, change the message, and launch it for those not reached.',
        'pointless',
      ),
    ],
  ],
  provider: [
    [
      /./,
      words(
        'the provider could not take the message',
        'Nothing is wrong with these people. Retry them once the provider is well.',
        'now',
      ),
    ],
  ],
  account: [
    [
      /./,
      words(
        'the provider refused our account',
        'Check the provider’s key, sender and limits in Settings, then retry.',
        'after_fix',
      ),
    ],
  ],
  internal: [
    [
      /^output_table_missing$/,
      words(
        'the output table of this step was archived',
        'Restore the table, then retry; no message is repeated.',
        'after_fix',
      ),
    ],
    [
      /^render_failed$/,
      words(
        'the message could not be prepared',
        'This is our fault, not the contact’s. Retry; if it stays, tell whoever operates this Waybill.',
        'now',
      ),
    ],
    [/connection|timeout|tls|dns|protocol|closed/, LOST_BEFORE],
    [
      /./,
      words('something went wrong on our side before sending', 'Nothing of these was sent. Retry them now.', 'now'),
    ],
  ],
};

/** For a code that no pattern of its class knows. */
export const ANY_CLASS: Record<string, ErrorWords> = {
  recipient: words(
    'the provider refused the recipient',
    'Read its answer below. Correct the contacts if it names a mistake, then retry.',
    'after_fix',
  ),
};

/** By code: how it came that nobody knows whether a message was taken. */
export const DOUBT: Pattern[] = [
  [/^worker_lost$/, words('our sending process stopped while the message was on the wire', '', 'after_fix')],
  [
    /^(?:timeout|data_end_timeout|\w*_timeout)$/,
    words('the provider took the message and did not answer in time', '', 'after_fix'),
  ],
  [
    /connection|closed|ECONN/,
    words('the connection broke after the message was handed over, before the answer came', '', 'after_fix'),
  ],
  [
    /^5\d\d|server_error|internal/,
    words(
      'the provider reported a fault of its own, which may have come before or after taking the message',
      '',
      'after_fix',
    ),
  ],
  [/^partial_/, words('the provider took some parts of the text, and the rest was refused', '', 'after_fix')],
  [
    /^payload_drift$|409|idempot|concurrent/,
    words('the provider was already working on the same message', '', 'after_fix'),
  ],
  [/./, words('no complete answer of the provider arrived', '', 'after_fix')],
];
