import BackupDomain

/// What judgements ask of an exchange.
extension Exchange {
    /// The URL without its query.
    var address: String { String(self.url.prefix { $0 != "?" }) }

    /// The last segment of the URL's path.
    var lastSegment: String { String(self.address.split(separator: "/").last ?? "") }

    /// The URL without its query and its last segment.
    var parentAddress: String { String(self.address.dropLast(self.lastSegment.count + 1)) }

    /// Whether an answer of success came.
    var isSuccess: Bool { (200..<300).contains(self.status ?? 0) }

    /// Azure's code of a refusal, wherever the service puts it.
    var errorCode: String? { self.receivedBody?["error"]?["code"]?.string ?? self.received["x-ms-error-code"] }

    /// The value of a parameter of the URL.
    ///
    /// - Parameter name: The parameter's name.
    /// - Returns: The value, as it stands in the URL; nil where it is not there.
    func parameter(_ name: String) -> String? {
        let query = self.url.split(separator: "?", maxSplits: 1).dropFirst().first ?? ""
        for pair in query.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.first?.lowercased() == name.lowercased() { return parts.count > 1 ? String(parts[1]) : "" }
        }
        return nil
    }

    /// Whether the call was sent after another one had been answered.
    ///
    /// - Parameter other: The other one.
    /// - Returns: Whether it was; false where both were under way at once.
    func isAfter(_ other: Exchange) -> Bool { self.number > other.newestWhenAnswered }
}
