-- People sign in to the newsroom. What they may do is in memberships: no title means all titles, no section all sections of the title.
CREATE TABLE users_before AS SELECT id, email, name, role, title_id, password_hash, created_at, disabled_at FROM users;
DROP TABLE users;
CREATE TABLE users (
    id [[identity]],
    email [[key]] NOT NULL UNIQUE,
    name TEXT NOT NULL,
    language [[key]] NOT NULL,
    password_hash TEXT NOT NULL,
    totp_secret TEXT,
    totp_step [[int]] NOT NULL,
    created_at [[int]] NOT NULL,
    disabled_at [[int]]
)[[strict]];
INSERT INTO users (id, email, name, language, password_hash, totp_step, created_at, disabled_at)
SELECT id, email, name, '', password_hash, 0, created_at, disabled_at FROM users_before;
[[postgres]]
SELECT setval(pg_get_serial_sequence('users', 'id'), coalesce((SELECT max(id) FROM users), 0) + 1, false);
[[/postgres]]

CREATE TABLE memberships (
    id [[identity]],
    user_id [[int]] NOT NULL REFERENCES users (id),
    role [[key]] NOT NULL,
    title_id [[int]] REFERENCES titles (id),
    section_id [[int]] REFERENCES sections (id)
)[[strict]];
CREATE INDEX memberships_user ON memberships (user_id);
INSERT INTO memberships (user_id, role, title_id) SELECT id, role, title_id FROM users_before ORDER BY id;
DROP TABLE users_before;

-- A browser that is signed in, by the hash of what its cookie holds. stage: "second" while the second factor is still wanted, then "full".
CREATE TABLE sessions (
    hash [[key]] PRIMARY KEY,
    user_id [[int]] NOT NULL REFERENCES users (id),
    stage [[key]] NOT NULL,
    created_at [[int]] NOT NULL,
    seen_at [[int]] NOT NULL,
    proved_at [[int]] NOT NULL,
    address TEXT NOT NULL,
    agent TEXT NOT NULL
)[[strict]];
CREATE INDEX sessions_user ON sessions (user_id);
CREATE INDEX sessions_seen ON sessions (seen_at);

CREATE TABLE passkeys (
    credential [[key]] PRIMARY KEY,
    user_id [[int]] NOT NULL REFERENCES users (id),
    name TEXT NOT NULL,
    data TEXT NOT NULL,
    created_at [[int]] NOT NULL,
    used_at [[int]]
)[[strict]];
CREATE INDEX passkeys_user ON passkeys (user_id);

CREATE TABLE recovery_codes (
    user_id [[int]] NOT NULL REFERENCES users (id),
    hash [[key]] NOT NULL,
    PRIMARY KEY (user_id, hash)
)[[by_key]];

-- A link that makes an account, or with user_id gives a known one a new password.
CREATE TABLE invitations (
    id [[identity]],
    hash [[key]] NOT NULL UNIQUE,
    user_id [[int]] REFERENCES users (id),
    email [[key]] NOT NULL,
    role [[key]] NOT NULL,
    title_id [[int]] REFERENCES titles (id),
    section_id [[int]] REFERENCES sections (id),
    invited_by TEXT NOT NULL,
    created_at [[int]] NOT NULL,
    expires_at [[int]] NOT NULL,
    used_at [[int]],
    revoked_at [[int]]
)[[strict]];

-- Failed sign-ins, by account ('' counts all of a network) and network. Nobody is locked out of a network that he is known to come from by failures elsewhere.
CREATE TABLE sign_in_failures (
    account [[key]] NOT NULL,
    network [[key]] NOT NULL,
    failures [[int]] NOT NULL,
    last_at [[int]] NOT NULL,
    PRIMARY KEY (account, network)
)[[by_key]];
CREATE INDEX sign_in_failures_last ON sign_in_failures (last_at);

-- What a passkey has been asked to sign, by the hash of what the browser was given with it; used once.
CREATE TABLE passkey_challenges (
    hash [[key]] PRIMARY KEY,
    state TEXT NOT NULL,
    created_at [[int]] NOT NULL
)[[strict]];
