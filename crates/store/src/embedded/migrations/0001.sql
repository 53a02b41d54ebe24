-- The workspace: one row, sealed under the workspace's secret, with what is counted over all rooms.
CREATE TABLE workspace (one INTEGER PRIMARY KEY CHECK (one = 1), sealed BLOB NOT NULL);

-- A room: its keyed name, its name sealed, its key wrapped by the workspace's secret, its standing sealed.
CREATE TABLE rooms (number INTEGER PRIMARY KEY, tag BLOB NOT NULL, key BLOB NOT NULL, name BLOB NOT NULL, state BLOB NOT NULL);
CREATE UNIQUE INDEX rooms_by_tag ON rooms (tag);

-- Acts. The place is the room's number times 2^40 plus the position in the room's order of arrival, so that a room is
-- read from end to end. Every other column is covered by the seal of the envelope or by a seal of its own.
CREATE TABLE acts (place INTEGER PRIMARY KEY, id BLOB NOT NULL, envelope BLOB NOT NULL, body_key BLOB NOT NULL, body BLOB, signature BLOB NOT NULL, person BLOB);
CREATE UNIQUE INDEX acts_by_id ON acts (id);

-- What is remembered of an act's arrival, at the act's place: when, and which contents it brought.
CREATE TABLE arrivals (place INTEGER PRIMARY KEY, sealed BLOB NOT NULL);

-- Contents, each once, under a key of its own that the workspace's secret wraps.
CREATE TABLE contents (number INTEGER PRIMARY KEY, tag BLOB NOT NULL, key BLOB NOT NULL, bytes BLOB NOT NULL);
CREATE UNIQUE INDEX contents_by_tag ON contents (tag);

-- Which room was given which content: the room's keyed name of it, and its digest and key sealed under the room's key.
CREATE TABLE given (room INTEGER NOT NULL, tag BLOB NOT NULL, sealed BLOB NOT NULL, PRIMARY KEY (room, tag)) WITHOUT ROWID;

CREATE TABLE settings (tag BLOB PRIMARY KEY, sealed BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE notes (tag BLOB NOT NULL, position INTEGER NOT NULL, sealed BLOB NOT NULL, PRIMARY KEY (tag, position)) WITHOUT ROWID;
CREATE TABLE snapshots (number INTEGER PRIMARY KEY, tag BLOB NOT NULL, sealed BLOB NOT NULL);
CREATE UNIQUE INDEX snapshots_by_tag ON snapshots (tag);
