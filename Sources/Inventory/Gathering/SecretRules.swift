import BackupDomain
import Foundation

/// What of Azure's answers is kept in an inventory, and what is left out because it is, or may be, a secret.
///
/// Everything is kept, fields that we do not know included, but for:
///
/// 1. Members whose name tells of a secret (``secretWords``, ``secretNames``), whatever they hold, unless they hold only
///    `true` or `false`, or their name is one of ``harmlessNames``.
/// 2. Texts that look like a secret wherever they stand: connection strings, signatures, bearer tokens, private keys.
/// 3. Of a URL its user, password, query and fragment.
///
/// A text of more than ``longestText`` bytes stands as its digest and size. Policies, fragments and e-mail addresses are
/// digested by their kinds before this is asked; a free text such as a description is kept as it is.
enum SecretRules {
    /// The most bytes that a text may have to be kept as it is.
    static let longestText = 1024

    /// What the name of a member holds whose value is left out.
    private static let secretWords = [
        "password", "passphrase", "secret", "credential", "token", "connectionstring", "accesskey", "primarykey",
        "secondarykey", "apikey", "sharedkey", "privatekey", "instrumentationkey", "accountkey", "signature",
    ]

    /// The names of members whose value is left out: values of named values and parameters, certificates, examples, and who a
    /// person is.
    private static let secretNames: Set<String> = [
        "value", "values", "defaultvalue", "key", "data", "examples", "example", "sample", "authorization",
        "encodedcertificate", "pfx", "sas", "sig", "email", "firstname", "lastname",
    ]

    /// The names of members whose value is left out where it gives values to names; a list says which there may be.
    private static let valuesByName: Set<String> = ["header", "headers", "query", "cookies"]

    /// The names of members that only seem to tell of a secret, as do the names of what is in them.
    private static let harmlessNames: Set<String> = [
        "secretidentifier", "tokenendpoint", "bearertokensendingmethods", "accesstokensendingmethods",
        "subscriptionkeyparameternames",
    ]

    /// The names of members that change although nothing was changed.
    private static let restlessNames: Set<String> = ["laststatus", "provisioningstate"]

    /// What a text holds that is left out.
    private static let secretMarks = [
        "accountkey=", "sharedaccesskey=", "sharedaccesssignature=", "instrumentationkey=", "password=", "pwd=", "sig=",
        "bearer ", "-----begin",
    ]

    /// The members of an object that are kept.
    ///
    /// - Parameter members: The members.
    /// - Returns: Those that are kept, cleaned; what is null or has come to nothing is left out.
    static func kept(_ members: [String: JSONValue]) -> [String: JSONValue] {
        var kept: [String: JSONValue] = [:]
        for (name, value) in members where Self.mayKeep(name.lowercased(), value) {
            if Self.harmlessNames.contains(name.lowercased()), let inner = value.object {
                kept[name] = .object(inner.compactMapValues(Self.kept))
            } else {
                kept[name] = Self.kept(value)
            }
        }
        return kept
    }

    private static func mayKeep(_ name: String, _ value: JSONValue) -> Bool {
        if Self.restlessNames.contains(name) { return false }
        if case .boolean = value { return true }
        if Self.harmlessNames.contains(name) { return true }
        if Self.valuesByName.contains(name) { return value.array != nil }
        return !Self.secretNames.contains(name) && !Self.secretWords.contains { name.contains($0) }
    }

    private static func kept(_ value: JSONValue) -> JSONValue? {
        switch value {
        case .null: return nil
        case .string(let text): return Self.kept(text)
        case .array(let elements): return .array(elements.compactMap(Self.kept))
        case .object(let members):
            let kept = Self.kept(members)
            return kept.isEmpty ? nil : .object(kept)
        case .boolean, .integer, .number: return value
        }
    }

    private static func kept(_ text: String) -> JSONValue? {
        let folded = text.lowercased()
        guard !Self.secretMarks.contains(where: folded.contains) else { return nil }
        guard text.utf8.count <= Self.longestText else { return Self.digested(text) }
        return .string(Self.withoutSecrets(ofURL: text))
    }

    /// What stands for a long text.
    ///
    /// - Parameter text: The text.
    /// - Returns: Its digest, and its size in bytes.
    static func digested(_ text: String) -> JSONValue {
        .object(["sha256": .string(ContentDigest.of(Data(text.utf8))), "bytes": .integer(Int64(text.utf8.count))])
    }

    /// Takes user, password, query and fragment out of a URL; any other text is left as it is.
    private static func withoutSecrets(ofURL text: String) -> String {
        guard let scheme = text.range(of: "://") else { return text }
        var rest = text[scheme.upperBound...]
        let cut = rest.firstIndex { $0 == "?" || $0 == "#" }
        if let cut { rest = rest[..<cut] }
        let host = rest.prefix { $0 != "/" }
        if let at = host.lastIndex(of: "@") { rest = rest[rest.index(after: at)...] }
        return text[..<scheme.upperBound] + rest + (cut == nil ? "" : "?…")
    }
}
