import BackupDomain
import Foundation

extension Terminal {
    /// Writes a value as one line of JSON.
    ///
    /// - Parameter value: The value.
    func printJSON(_ value: some Encodable) { self.print(Self.json(value, pretty: false)) }

    /// Writes a value as a JSON document of several lines.
    ///
    /// - Parameter value: The value.
    func printDocument(_ value: some Encodable) { self.print(Self.json(value, pretty: true)) }

    /// A value as JSON.
    ///
    /// - Parameters:
    ///   - value: The value.
    ///   - pretty: Whether to break lines and indent.
    /// - Returns: The text, without a line break at its end.
    static func json(_ value: some Encodable, pretty: Bool) -> String {
        // Our output types hold no number that JSON cannot.
        guard let data = try? JSONEncoder.stable(pretty: pretty).encode(value) else { return "{}" }
        return String(decoding: data, as: UTF8.self)
    }
}
