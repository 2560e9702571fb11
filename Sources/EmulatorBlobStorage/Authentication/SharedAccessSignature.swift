import Foundation

/// A shared access signature as it stands in a request's query.
///
/// Sources: <https://learn.microsoft.com/rest/api/storageservices/create-account-sas>,
/// <https://learn.microsoft.com/rest/api/storageservices/create-service-sas>,
/// <https://learn.microsoft.com/rest/api/storageservices/create-user-delegation-sas>
struct SharedAccessSignature {
    let signature: String
    private let query: [String: String]

    /// Finds the signature of a request; nil where its query has none.
    init?(_ query: [String: String]) {
        guard let signature = query["sig"] else { return nil }
        self.signature = signature
        self.query = query
    }

    var version: String { self["sv"] }
    var isForAccount: Bool { self.query["ss"] != nil || self.query["srt"] != nil }
    var services: String { self["ss"] }
    var resourceTypes: String { self["srt"] }
    var resource: String { self["sr"] }
    var permissions: String { self["sp"] }
    var policyID: String? { self.query["si"] }
    var start: String { self["st"] }
    var expiry: String { self["se"] }
    var addresses: String { self["sip"] }
    var protocols: String { self["spr"] }
    var delegator: String { self["skoid"] }
    var isDelegated: Bool { self.query["skoid"] != nil }

    subscript(name: String) -> String { self.query[name] ?? "" }

    /// The content headers that the signature dictates.
    var overrides: [(header: String, value: String)] {
        [
            ("Cache-Control", "rscc"), ("Content-Disposition", "rscd"), ("Content-Encoding", "rsce"),
            ("Content-Language", "rscl"), ("Content-Type", "rsct"),
        ]
        .compactMap { header, name in self.query[name].map { (header, $0) } }
    }

    /// What was signed for an account.
    func accountText(account: String) -> String {
        var fields = [account, "sp", "ss", "srt", "st", "se", "sip", "spr", "sv"]
        fields = [account] + fields.dropFirst().map { self[$0] }
        if self.version >= "2020-12-06" { fields.append(self["ses"]) }
        return fields.map { "\($0)\n" }.joined()
    }

    /// What was signed for a container or a blob; nil where the path does not have what the signature is for.
    func serviceText(for target: BlobTarget) -> String? {
        guard let resource = self.canonicalResource(target) else { return nil }
        var fields = [self.permissions, self.start, self.expiry, resource]
        if self.isDelegated {
            fields += ["skoid", "sktid", "skt", "ske", "sks", "skv", "saoid", "suoid", "scid"].map { self[$0] }
            if self.version >= "2025-07-05" { fields += [self["skdutid"], self["sduoid"]] }
        } else {
            fields.append(self.policyID ?? "")
        }
        fields += [self.addresses, self.protocols, self.version, self.resource, self["snapshot"]]
        if self.version >= "2020-12-06" { fields.append(self["ses"]) }
        // Headers and query items that a signature may demand from 2026-04-06 on; ``SharedAccessCheck`` refuses them.
        if self.isDelegated, self.version >= "2026-04-06" { fields += ["", ""] }
        fields += ["rscc", "rscd", "rsce", "rscl", "rsct"].map { self[$0] }
        return fields.joined(separator: "\n")
    }

    private func canonicalResource(_ target: BlobTarget) -> String? {
        guard let container = target.container else { return nil }
        switch self.resource {
        case "c": return "/blob/\(target.account)/\(container)"
        case "b": return target.blob.map { "/blob/\(target.account)/\(container)/\($0.text)" }
        default: return nil
        }
    }
}
