import ArgumentParser
import Settings

/// Options of the command line that stand for settings: they are read, checked and told of as settings are.
protocol SettingOptions {
    /// The settings that were given; nil for those that were not.
    var flags: [SettingFlag?] { get }
}
