extension Judgement {
    /// One for each entry of docs/assumptions.json, as a test checks.
    package static let all: [Judgement] =
        Self.ofSubmissions + Self.ofOperations + Self.ofManagement + Self.ofInstances + Self.ofRestores
        + Self.ofBackupBlobs
        + Self.ofBlobs + Self.ofWrites + Self.ofTokens + Self.beyond
}
