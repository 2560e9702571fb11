/// How a line of the log looks.
package enum LogFormat: String, Sendable, CaseIterable {
    /// For people: time, level, message, then names with values.
    case text
    /// For programs: one JSON object a line.
    case json
}
