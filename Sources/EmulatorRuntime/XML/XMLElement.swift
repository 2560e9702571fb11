/// One element of an XML document that was read.
package struct XMLElement: Sendable, Equatable {
    /// The name, with its prefix where it has one.
    package var name: String
    /// The text that stands directly in the element.
    package var text = ""
    /// The elements in it, in order.
    package var children: [XMLElement] = []

    /// Creates an element.
    package init(name: String) { self.name = name }

    /// Finds an element in this one.
    ///
    /// - Parameter name: Its name.
    /// - Returns: The first of that name.
    package func child(_ name: String) -> XMLElement? { self.children.first { $0.name == name } }

    /// Reads the text of an element in this one.
    ///
    /// - Parameter name: Its name.
    /// - Returns: The text of the first of that name.
    package func value(_ name: String) -> String? { self.child(name)?.text }
}
