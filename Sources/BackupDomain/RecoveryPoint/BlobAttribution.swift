/// Tells which instance a blob without a record of ours belongs to, by its name alone.
///
/// It is the instance with the longest name that the blob's name begins with, in any case, where a separator follows:
/// anything but a letter or a digit. Where two instances have that name, nobody can tell, and the blob stays unattributed.
package struct BlobAttribution: Sendable, Hashable {
    /// The instance's key.
    package var instance: InstanceKey
    /// Whether a date follows the instance's name, as in `contoso-apim-2026…`; a word, as in `contoso-apim-eu-2026…`, may
    /// be the rest of another instance's name.
    package var isDated: Bool

    /// Attributes a blob.
    ///
    /// - Parameters:
    ///   - name: The blob's name.
    ///   - instances: The instances that are known.
    package init?(blob name: String, among instances: [InstanceKey]) {
        guard let (owner, isDated) = Self.owner(of: name, among: Set(instances.map(\.instanceName))) else { return nil }
        let owners = instances.filter { $0.instanceName == owner }
        guard owners.count == 1, let instance = owners.first else { return nil }
        self.instance = instance
        self.isDated = isDated
    }

    /// Tells the name of the instance that a blob belongs to.
    ///
    /// - Parameters:
    ///   - blob: The blob's name.
    ///   - names: The names of the instances that are known, in lower case.
    /// - Returns: The name, and whether a date follows it; nil where the blob's name begins with none of them.
    package static func owner(of blob: String, among names: Set<String>) -> (name: String, isDated: Bool)? {
        let blob = blob.lowercased()
        let matching = names.filter { Self.rest(of: blob, after: $0) != nil }
        guard let longest = matching.max(by: { $0.utf8.count < $1.utf8.count }),
            let rest = Self.rest(of: blob, after: longest)
        else { return nil }
        let date = rest.drop { !Self.isLetterOrDigit($0) }
        return (longest, date.count >= 4 && date.prefix(4).allSatisfy { (48...57).contains($0) })
    }

    /// What follows an instance's name, with its separator; nil where the blob's name does not begin so.
    private static func rest(of blob: String, after instance: String) -> Substring.UTF8View? {
        guard !instance.isEmpty, blob.hasPrefix(instance) else { return nil }
        let rest = blob.utf8.dropFirst(instance.utf8.count)
        guard let separator = rest.first, !Self.isLetterOrDigit(separator) else { return nil }
        return rest
    }

    /// Bytes of characters beyond ASCII count as letters: they are none of the separators that people use.
    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (97...122).contains(byte) || (48...57).contains(byte) || byte >= 128
    }
}
