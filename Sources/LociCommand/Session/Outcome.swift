/// A verb has printed its answer, and the answer is that something is wrong: exit status 1.
struct AlreadyReported: Error {}

/// A verb has done its work and printed its answer, but for what it had to skip: exit status 3.
struct PartlyDone: Error {}
