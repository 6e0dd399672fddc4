/** What `setup --help` prints. */
export const SETUP_HELP = `Usage: nestjs-telegram-support setup [flags]

Makes a Telegram chat the support desk of your app: asks for the token of your
bot, prints a link by which you choose the group, learns its id, checks it,
writes the variables of your app to .env, and ends with the doctor.

The token is typed where nobody sees it, or comes from TELEGRAM_BOT_TOKEN or a
file. It is no flag, because flags stay in the history of the shell and are
shown to everybody on the machine.

  --token-file <path>   a file that holds the token alone
  --mode <mode>         replies or topics
  --updates <way>       polling or webhook
  --webhook-url <url>   the public URL of your app, for --updates webhook
  --replace-webhook     remove a webhook that is registered, without asking
  --drop-updates        take updates that wait for your app, without asking: no
                        app gets them then
  --chat=<id>           this chat, instead of one that is chosen by the link
  --out <path>          another file than .env
  --overwrite           replace other values in that file, without asking
  --print               print the lines, all but that of the token, on the
                        standard output, and write no file
  --interactive         ask, though the input is no terminal
  --timeout <seconds>   how long to wait for what is done in Telegram: 600
  -h, --help            this text

Without a terminal nothing is asked. Ends as the doctor does: with 0 when all is
well, with 1 when there are only warnings, with 2 when something has failed;
with 130 after Ctrl-C.
`;
