import BackupDomain
import FoundationEssentials

/// A proxy that tunnels by CONNECT.
struct ProxyServer: Sendable, Hashable {
    /// The proxy's host.
    var host: String
    /// The proxy's port.
    var port: Int
    /// The user's name, where the proxy wants one.
    var user: String?
    /// The password.
    var password: Secret?

    /// Reads a proxy from the text of an environment variable.
    ///
    /// - Parameters:
    ///   - text: `http://[user:password@]host[:port]`; the scheme may be left out; port 80 where none is given.
    ///   - variable: The variable's name, for the message.
    /// - Throws: ``BackupDomain/BackupError`` with code `invalidInput`; the message never shows the text, which may hold
    ///   a password.
    init(_ text: String, variable: String) throws(BackupError) {
        let whole = text.contains("://") ? text : "http://\(text)"
        guard let url = URL(string: whole), url.scheme?.lowercased() == "http", let host = url.host(), !host.isEmpty
        else {
            throw BackupError(
                .invalidInput,
                "\(variable) does not name a proxy as http://host:port.",
                remedy: "Set \(variable) to http://[user:password@]host:port, or unset it."
            )
        }
        self.host = host.filter { $0 != "[" && $0 != "]" }
        self.port = url.port ?? 80
        self.user = url.user(percentEncoded: false)
        self.password = url.password(percentEncoded: false).map(Secret.init)
    }
}
