import EmulatorRuntime

/// One step of a path.
struct XPathStep {
    /// What an element must be to be taken.
    enum Condition {
        /// The so many-th, from 1.
        case position(Int)
        /// A child of this name has this text; `.` is the element itself.
        case text(of: String, String)
        /// A child of this name is there.
        case has(String)
    }

    /// The element's name; `*` for any, `.` for the same, `text()` for the text.
    let name: String
    /// Whether elements at any depth are meant.
    let isDeep: Bool
    let conditions: [Condition]

    func nodes(from contexts: [XMLElement]) -> [XMLElement] {
        contexts.flatMap { context in
            var found = self.isDeep ? Self.descendants(of: context) : context.children
            if self.name == "." {
                found = [context]
            } else if self.name != "*" {
                found.removeAll { $0.name != self.name }
            }
            for condition in self.conditions { found = Self.filtered(found, by: condition) }
            return found
        }
    }

    private static func descendants(of element: XMLElement) -> [XMLElement] {
        element.children.flatMap { [$0] + Self.descendants(of: $0) }
    }

    private static func filtered(_ elements: [XMLElement], by condition: Condition) -> [XMLElement] {
        switch condition {
        case .position(let position):
            return elements.indices.contains(position - 1) ? [elements[position - 1]] : []
        case .text(of: ".", let text): return elements.filter { $0.content == text }
        case .text(of: let name, let text):
            return elements.filter { $0.children.contains { $0.name == name && $0.content == text } }
        case .has(let name): return elements.filter { $0.child(name) != nil }
        }
    }
}

/// Why an XPath is not followed.
struct XPathMistake: Error {
    /// What is wrong, as a clause about the path.
    let problem: String

    init(_ problem: String) { self.problem = problem }
}
