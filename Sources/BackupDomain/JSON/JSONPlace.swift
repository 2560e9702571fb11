/// A place in a document, for errors: kept as a chain, since hardly any is ever looked at.
indirect enum JSONPlace {
    /// The document itself.
    case root
    /// A member.
    case member(any CodingKey, of: JSONPlace)
    /// An element.
    case element(Int, of: JSONPlace)

    /// The keys that lead there.
    var path: [any CodingKey] {
        switch self {
        case .root: []
        case .member(let key, let place): place.path + [key]
        case .element(let index, let place): place.path + [JSONIndex(index)]
        }
    }
}

/// An element's place in its array, as a key.
struct JSONIndex: CodingKey {
    let intValue: Int?
    var stringValue: String { "Index \(self.intValue ?? 0)" }

    /// Names an element.
    init(_ index: Int) { self.intValue = index }
    init?(stringValue: String) { nil }
    init?(intValue: Int) { self.intValue = intValue }
}

/// The key of what a class leaves to the one that it derives from.
struct JSONSuperKey: CodingKey {
    let stringValue = "super"
    var intValue: Int? { nil }

    init() {}
    init?(stringValue: String) { nil }
    init?(intValue: Int) { nil }
}
