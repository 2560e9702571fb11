import Deployment

extension ResourceTypes {
    /// The type of a resource, that of an extension without what it extends; nil for one that our templates do not know.
    ///
    /// - Parameter id: The resource's id.
    init?(of id: String) {
        let parts = id.split(separator: "/").map { $0.lowercased() }
        guard let index = parts.lastIndex(of: "providers"), index + 2 < parts.count else { return nil }
        let types = stride(from: index + 2, to: parts.count, by: 2).map { parts[$0] }
        let name = ([parts[index + 1]] + types).joined(separator: "/")
        guard let type = Self.allCases.first(where: { $0.rawValue.lowercased() == name }) else { return nil }
        self = type
    }
}
