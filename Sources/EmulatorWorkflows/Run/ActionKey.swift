/// One execution of an action in a run.
package struct ActionKey: Sendable, Hashable, Codable {
    /// The action's name.
    package let name: String
    /// The iterations of the loops that it is in, the outermost first, each from 0.
    package let path: [Int]

    /// Creates a key.
    package init(name: String, path: [Int]) {
        self.name = name
        self.path = path
    }
}
