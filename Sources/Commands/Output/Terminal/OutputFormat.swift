import ArgumentParser

/// The forms that results can have.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable, Sendable {
    /// For people.
    case table
    /// For programs: a contract that only grows.
    case json
}
