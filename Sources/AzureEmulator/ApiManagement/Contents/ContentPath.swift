import EmulatorRuntime

/// A path below an instance, read by the kinds: a list, a thing, or an action on a thing.
struct ContentPath: Sendable {
    /// What the path stands for.
    enum Form: Sendable, Equatable {
        /// Everything in a collection.
        case list
        /// One thing.
        case item
        /// What the thing does not show otherwise.
        case secrets(action: String)
        /// A list that derives from other contents: the revisions or the products of an API, or all that has tags.
        case derived(String)
    }

    /// The things that the path goes through; with ``Form/list`` without the list's own collection.
    let steps: [ContentStep]
    /// The kinds of the collections, from the instance down.
    let kinds: [ContentKind]
    /// What the path stands for.
    let form: Form

    /// Reads the segments after the instance's name; nil where they are no such path.
    init?(_ segments: some Collection<String>) {
        var rest = Array(segments)[...]
        var steps: [ContentStep] = []
        var kinds: [ContentKind] = []
        var form: Form?
        while let segment = rest.popFirst(), form == nil {
            let parent = kinds.last
            if let kind = ContentKind.named(segment, among: parent?.children ?? ContentKind.all) {
                kinds.append(kind)
                if let name = rest.popFirst() {
                    steps.append(ContentStep(collection: kind.collection, name: name))
                } else {
                    form = .list
                }
            } else if let action = parent?.secretsAction, action.lowercased() == segment.lowercased(), rest.isEmpty {
                form = .secrets(action: action)
            } else if let list = Self.derived(segment, of: parent), rest.isEmpty {
                form = .derived(list)
            } else {
                return nil
            }
        }
        guard rest.isEmpty, !kinds.isEmpty || form != nil else { return nil }
        self.steps = steps
        self.kinds = kinds
        self.form = form ?? .item
    }

    private static func derived(_ segment: String, of parent: ContentKind?) -> String? {
        let known = parent == nil ? ["tagResources"] : parent?.collection == "apis" ? ["revisions", "products"] : []
        return known.first { $0.lowercased() == segment.lowercased() }
    }

    /// The resource type of what the path stands for.
    var type: String {
        let derived: [String] = if case .derived(let list) = self.form { [list] } else { [] }
        return (["Microsoft.ApiManagement/service"] + self.kinds.map(\.collection) + derived).joined(separator: "/")
    }

    /// The steps to the instance or the workspace that the path is in.
    var home: [ContentStep] { self.steps.first?.collection == "workspaces" ? [self.steps[0]] : [] }

    /// The steps to the thing that the list is of, or that the thing lies in.
    var parent: [ContentStep] { self.form == .item ? Array(self.steps.dropLast()) : self.steps }
}
