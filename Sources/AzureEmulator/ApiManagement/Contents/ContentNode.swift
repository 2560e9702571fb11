import EmulatorRuntime

/// One thing inside an instance, such as an API or a product, with what lies in it; the root of all is the instance itself.
struct ContentNode: Sendable, Equatable, Codable {
    /// The name, as it was first written; the root has none.
    var name: String
    /// What `properties` holds.
    var properties: JSON
    /// The number of the change that wrote it, from which its ETag derives; of the root the number of the last change.
    private(set) var revision: Int
    /// What lies in it: by the collection's name, then by the thing's own name in lower case.
    private(set) var collections: [String: [String: ContentNode]] = [:]

    init(name: String, properties: JSON = [:], revision: Int = 1) {
        self.name = name
        self.properties = properties
        self.revision = revision
    }

    /// What lies in one collection, by name.
    func children(of collection: String) -> [ContentNode] {
        (self.collections[collection] ?? [:]).sorted { $0.key < $1.key }.map(\.value)
    }

    /// What lies at the end of some steps; nil where one of them leads nowhere.
    func node(at steps: some Collection<ContentStep>) -> ContentNode? {
        guard let step = steps.first else { return self }
        return self.collections[step.collection]?[step.key]?.node(at: steps.dropFirst())
    }

    /// Adds a child without counting it as a change: for contents that are put together.
    mutating func add(_ child: ContentNode, to collection: String) {
        self.collections[collection, default: [:]][child.name.lowercased()] = child
    }

    /// Puts something at the end of some steps, over what is there, and counts the change; call it on the root.
    ///
    /// What the last step's parents do not hold is not put anywhere.
    mutating func put(_ node: ContentNode, at steps: [ContentStep]) {
        self.revision += 1
        var node = node
        node.revision = self.revision
        self.replace(at: steps[...], with: node)
    }

    /// Takes away what lies at the end of some steps, and counts the change; call it on the root.
    mutating func remove(at steps: [ContentStep]) {
        self.revision += 1
        self.replace(at: steps[...], with: nil)
    }

    private mutating func replace(at steps: ArraySlice<ContentStep>, with node: ContentNode?) {
        guard let step = steps.first else { return }
        if steps.count == 1 {
            self.collections[step.collection, default: [:]][step.key] = node
        } else {
            self.collections[step.collection]?[step.key]?.replace(at: steps.dropFirst(), with: node)
        }
    }

    /// The same as if all of it had been written by one change.
    func writtenAnew(by revision: Int) -> ContentNode {
        var anew = self
        anew.revision = revision
        anew.collections = self.collections.mapValues { $0.mapValues { $0.writtenAnew(by: revision) } }
        return anew
    }
}

/// One step into the contents of an instance: a collection, and a thing in it.
struct ContentStep: Sendable, Equatable, Codable {
    /// The collection's name, as the specification writes it.
    var collection: String
    /// The thing's name, as it was written.
    var name: String

    /// What the thing is found by: names are compared without regard to case.
    var key: String { self.name.lowercased() }
}
