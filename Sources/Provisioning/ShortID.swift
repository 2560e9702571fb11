/// Resource ids as a person reads them.
package enum ShortID {
    /// Shortens an id.
    ///
    /// - Parameter id: The resource's id.
    /// - Returns: The type and the name; of a part of a resource the whole path, of an extension also what it extends.
    package static func title(of id: String) -> String {
        let parts = id.split(separator: "/").map(String.init)
        let places = parts.indices.filter { parts[$0].lowercased() == "providers" }
        guard let first = places.first, let last = places.last, last + 3 < parts.count else { return id }
        let own = parts[(last + 1)...]
        let isWhole = own.count == 3
        let title =
            own.prefix(own.count - (isWhole ? 1 : 0)).joined(separator: "/")
            + (isWhole ? " \(parts.last ?? "")" : "")
        return first == last ? title : "\(title) on \(parts[(first + 2)..<last].joined(separator: "/"))"
    }
}
