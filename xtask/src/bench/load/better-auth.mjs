// better-auth in one file, for `cargo xtask bench load`. `node better-auth.mjs NUMBER` makes the tables and so many people;
// without a number it serves. The variable SSPR_LOAD is an object of JSON with what differs from run to run.
import cluster from "node:cluster";
import { createServer } from "node:http";
import { Algorithm, hash, verify } from "@node-rs/argon2";
import { betterAuth } from "better-auth";
import { getMigrations } from "better-auth/db/migration";
import { toNodeHandler } from "better-auth/node";
import { emailOTP } from "better-auth/plugins";
import nodemailer from "nodemailer";
import pg from "pg";

const load = JSON.parse(process.env.SSPR_LOAD);
const cost = { algorithm: Algorithm.Argon2id, memoryCost: load.memory, timeCost: load.passes, parallelism: 1 };
// Connections to both are kept.
const database = new pg.Pool({ host: load.socket, database: load.name, user: "sspr" });
const mail = nodemailer.createTransport({ host: "127.0.0.1", port: load.smtp, secure: false, ignoreTLS: true, pool: true, maxConnections: 16, maxMessages: Infinity });

const auth = betterAuth({
  baseURL: `http://127.0.0.1:${load.port}`,
  secret: "a secret of a load test, which nothing else has",
  database,
  telemetry: { enabled: false },
  rateLimit: { enabled: false },
  emailAndPassword: {
    enabled: true,
    password: { hash: (password) => hash(password, cost), verify: ({ hash: kept, password }) => verify(kept, password) },
  },
  plugins: [
    emailOTP({
      sendVerificationOTP: ({ email, otp }) =>
        mail.sendMail({ from: "sspr@localhost", to: email, subject: "Your code", text: `Your code is:\n\n${otp}\n`, html: `<p>Your code is:</p><p>${otp}</p>` }),
    }),
  ],
});

if (process.argv[2]) {
  await (await getMigrations(auth.options)).runMigrations();
  const people = `generate_series(0, ${Number(process.argv[2])} - 1) n`;
  await database.query(`INSERT INTO "user" (id, name, email, "emailVerified", "createdAt", "updatedAt") SELECT 'u' || n, 'P' || n, 'p' || n || '@example.org', true, now(), now() FROM ${people}`);
  const kept = await hash("Old-Harbor-Light-1", cost);
  await database.query(
    `INSERT INTO account (id, "accountId", "providerId", "userId", password, "createdAt", "updatedAt") SELECT 'a' || n, 'u' || n, 'credential', 'u' || n, $1, now(), now() FROM ${people}`,
    [kept],
  );
  await database.end();
  mail.close();
} else if (load.processes > 1 && cluster.isPrimary) {
  for (let n = 0; n < load.processes; n++) cluster.fork();
} else {
  createServer(toNodeHandler(auth)).listen(load.port, "127.0.0.1");
}
