/// An element of a small XML document: its name, its attributes, its text and its children.
struct XMLNode: Sendable, Hashable {
    /// The name, with its prefix where it has one.
    var name: String
    /// The attributes.
    var attributes: [String: String] = [:]
    /// The text between the tags, children's left out.
    var text = ""
    /// The child elements, in order.
    var children: [XMLNode] = []

    /// The first child of that name.
    subscript(name: String) -> XMLNode? { self.children.first { $0.name == name } }
}
