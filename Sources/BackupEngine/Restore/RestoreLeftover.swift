/// Something that a backup does not hold, and that a person must see to after a restore.
package struct RestoreLeftover: Sendable, Hashable, Encodable {
    /// What it is about, in kebab case; stays the same from release to release.
    package var topic: String
    /// What is to be done, or to be known.
    package var text: String
    /// A command that shows it or does it; nil where there is none.
    package var command: String?
    /// Whether the source had something here that the target has not; nil where that cannot be told from what was read.
    package var differs: Bool?

    /// Creates a value.
    package init(_ topic: String, _ text: String, command: String? = nil, differs: Bool? = nil) {
        self.topic = topic
        self.text = text
        self.command = command
        self.differs = differs
    }
}
