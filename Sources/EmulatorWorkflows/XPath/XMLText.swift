import EmulatorRuntime

/// An element as text; attributes are not kept by the reader, so they are not there.
enum XMLText {
    static func text(of element: XMLElement) -> String {
        let inner = Self.escaped(element.text) + element.children.map(Self.text).joined()
        return inner.isEmpty ? "<\(element.name)/>" : "<\(element.name)>\(inner)</\(element.name)>"
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
}

extension XMLElement {
    /// All text in the element, as XPath's `string()` has it.
    var content: String { self.text + self.children.map(\.content).joined() }
}
