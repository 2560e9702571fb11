/// A place in the tree of management: tenant, subscription, resource group, resource or a part of one.
///
/// Two scopes are the same where only upper and lower case differ.
struct Scope: Sendable, Hashable, Codable, CustomStringConvertible {
    /// The path as it was written, beginning with a slash and without one at the end; the tenant is `/`.
    let path: String
    private let folded: String

    init(_ path: String) {
        let trimmed = "/" + path.split(separator: "/").joined(separator: "/")
        self.path = trimmed
        self.folded = trimmed.lowercased()
    }

    init(from decoder: any Decoder) throws {
        self.init(try decoder.singleValueContainer().decode(String.self))
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(self.path)
    }

    static func subscription(_ id: String) -> Scope { Scope("/subscriptions/\(id)") }

    static func group(_ name: String, in subscription: String) -> Scope {
        Scope("/subscriptions/\(subscription)/resourceGroups/\(name)")
    }

    static func == (left: Scope, right: Scope) -> Bool { left.folded == right.folded }

    func hash(into hasher: inout Hasher) { hasher.combine(self.folded) }

    var description: String { self.path }

    /// Whether the other scope is this one or lies below it.
    func contains(_ other: Scope) -> Bool {
        self.folded == "/" || other.folded == self.folded || other.folded.hasPrefix(self.folded + "/")
    }

    /// The scope of something below this one.
    func appending(_ rest: String) -> Scope { Scope("\(self.path)/\(rest)") }

    /// The path's segments as they were written.
    var segments: [Substring] { self.path.split(separator: "/") }

    /// The segment that follows one of this name.
    func segment(after name: String) -> String? {
        let segments = self.segments
        guard let index = segments.firstIndex(where: { $0.lowercased() == name.lowercased() }) else { return nil }
        return index + 1 < segments.count ? String(segments[index + 1]) : nil
    }

    /// The subscription's id, where there is one.
    var subscriptionID: String? { self.segment(after: "subscriptions") }

    /// The resource group's name, where there is one.
    var groupName: String? { self.segment(after: "resourceGroups") }
}
