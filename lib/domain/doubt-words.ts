/** What may still settle a doubt without a person, by the kind of provider the message went through. */
export function doubtHope(providerKind: string | null): string {
  switch (providerKind) {
    case 'resend':
      return 'A report of Resend settles it by itself, should one arrive; its log shows every message by recipient.';
    case 'twilio':
      return 'A delivery receipt settles it by itself, often within minutes; Twilio’s log shows every message by number.';
    case 'smpp':
      return 'A delivery receipt of the operator settles it by itself, should one arrive.';
    case 'capture_email':
    case 'capture_sms':
      return 'The inbox shows whether it arrived.';
    default:
      return 'A bounce settles it by itself; otherwise the log of the relay knows, by recipient and time.';
  }
}
