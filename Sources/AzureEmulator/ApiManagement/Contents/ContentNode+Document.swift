import EmulatorRuntime

/// Contents as a document: `{"apis": [{"name": "orders", "properties": {…}, "operations": [{…}]}]}`.
///
/// A thing that has a name only may be written as a string. Backups hold this document, and world files may.
extension ContentNode {
    /// Something in a document that cannot be understood.
    struct DocumentMistake: Error, Equatable {
        /// Where it is, such as `apis[3].operations`.
        var path: String
        /// What is wrong there, as a sentence.
        var message: String
    }

    /// The contents, written so that the same contents always give the same document.
    var document: JSON {
        var members: [JSON.Member] = []
        if !self.name.isEmpty { members.append(JSON.Member("name", .string(self.name))) }
        if self.properties.object?.isEmpty == false { members.append(JSON.Member("properties", self.properties)) }
        for (collection, children) in self.collections.sorted(by: { $0.key < $1.key }) where !children.isEmpty {
            let elements = children.sorted { $0.key < $1.key }.map { child -> JSON in
                let document = child.value.document
                return document.object?.count == 1 ? .string(child.value.name) : document
            }
            members.append(JSON.Member(collection, .array(elements)))
        }
        return .object(members)
    }

    /// Reads a document.
    ///
    /// - Parameters:
    ///   - document: What ``document`` wrote, or a person did.
    ///   - revision: The number of the change that writes it.
    /// - Throws: ``DocumentMistake`` for the first thing that cannot be understood.
    init(document: JSON, revision: Int = 1) throws(DocumentMistake) {
        self.init(name: "", revision: revision)
        try self.read(document, kinds: ContentKind.all, path: "")
    }

    private mutating func read(_ document: JSON, kinds: [ContentKind], path: String) throws(DocumentMistake) {
        guard let members = document.object else {
            throw DocumentMistake(path: path, message: "An object is expected.")
        }
        for member in members where member.name != "name" {
            let place = path.isEmpty ? member.name : "\(path).\(member.name)"
            if member.name == "properties", !path.isEmpty {
                guard member.value.object != nil else {
                    throw DocumentMistake(path: place, message: "An object is expected.")
                }
                self.properties = member.value
                continue
            }
            guard let kind = kinds.first(where: { $0.collection == member.name }) else {
                let known = kinds.map(\.collection).joined(separator: ", ")
                throw DocumentMistake(
                    path: place,
                    message: known.isEmpty ? "Nothing lies in this." : "What may lie here: \(known)."
                )
            }
            guard let elements = member.value.array else {
                throw DocumentMistake(path: place, message: "A list is expected.")
            }
            for (index, element) in elements.enumerated() {
                self.add(try self.child(element, of: kind, path: "\(place)[\(index)]"), to: kind.collection)
            }
        }
    }

    private func child(_ element: JSON, of kind: ContentKind, path: String) throws(DocumentMistake) -> ContentNode {
        guard let name = element.string ?? element["name"]?.string, !name.isEmpty else {
            throw DocumentMistake(path: path, message: "A name, or an object with a name, is expected.")
        }
        var child = ContentNode(name: name, revision: self.revision)
        if element.string == nil { try child.read(element, kinds: kind.children, path: path) }
        child.properties = kind.completed(child.properties, name: name)
        return child
    }
}
