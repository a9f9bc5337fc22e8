// better-auth in one file, for the journeys: `node better-auth.mjs PORT PAGE OUTBOX`. What it sends are lines of JSON in OUTBOX.
// One person: alex@example.org, +15550100123, “Old-Harbor-Light-1”.
import { appendFileSync } from "node:fs";
import { createServer } from "node:http";
import { betterAuth } from "better-auth";
import { memoryAdapter } from "better-auth/adapters/memory";
import { toNodeHandler } from "better-auth/node";
import { emailOTP, phoneNumber } from "better-auth/plugins";

const [, , port, page, outbox] = process.argv;
const send = (kind) => async (message) => appendFileSync(outbox, `${JSON.stringify({ kind, ...message, user: undefined, request: undefined })}\n`);

const auth = betterAuth({
  baseURL: new URL(page).origin,
  secret: "journeys-journeys-journeys-journeys",
  database: memoryAdapter({ user: [], session: [], account: [], verification: [] }),
  telemetry: { enabled: false },
  rateLimit: { enabled: false },
  emailAndPassword: { enabled: true, sendResetPassword: send("link") },
  plugins: [
    emailOTP({ sendVerificationOTP: send("email") }),
    phoneNumber({ sendOTP: send("enroll"), sendPasswordResetOTP: send("sms") }),
  ],
});

const headers = new Headers();
await auth.api.signUpEmail({ body: { name: "Alex", email: "alex@example.org", password: "Old-Harbor-Light-1" }, headers });
const context = await auth.$context;
const { user } = await context.internalAdapter.findUserByEmail("alex@example.org");
await context.internalAdapter.updateUser(user.id, { phoneNumber: "+15550100123", phoneNumberVerified: true });

createServer(toNodeHandler(auth)).listen(Number(port), "127.0.0.1", () => console.log("ready"));
