/// One element of an XML document that was read.
struct XMLElement: Equatable {
    var name: String
    var text = ""
    var children: [XMLElement] = []

    func child(_ name: String) -> XMLElement? { self.children.first { $0.name == name } }

    func value(_ name: String) -> String? { self.child(name)?.text }
}
