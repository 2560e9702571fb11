/// How the program shows itself to Azure.
package struct ClientIdentity: Sendable, Hashable {
    /// The program's version, for `User-Agent: apim-backup/VERSION`.
    package var version: String
    /// The id that calls outside of runs carry: a UUID made once in a process.
    package var invocationID: String

    /// Creates a value.
    package init(version: String, invocationID: String) {
        self.version = version
        self.invocationID = invocationID
    }
}
