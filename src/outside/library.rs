//! Modules that come with the program itself instead of lying in the file system: an archive of files.
//!
//! An entry of `sys.path` that begins with [`Library::ROOT`] is looked for in here.  What is found there is
//! imported like any other module, but never cached and never written.

/// The files of an archive: the path below its root, with `/` between folders, and the text.
#[derive(Clone, Copy, Debug)]
pub struct Library(&'static [(&'static str, &'static str)]);

impl Library {
    /// What paths in the archive begin with; nothing in a file system has this name.
    pub const ROOT: &'static str = "<wordcode>";

    /// The archive that comes with this program.  The pure Python part of the standard library goes here.
    pub const fn own() -> Self {
        Self(&[])
    }

    /// The text of a file of the archive.
    pub fn file(self, path: &str) -> Option<&'static str> {
        let inside = Self::inside(path)?;
        self.0.iter().find(|(name, _)| *name == inside).map(|(_, text)| *text)
    }

    /// Whether the archive has a folder of that path.
    pub fn has_folder(self, path: &str) -> bool {
        Self::inside(path).is_some_and(|inside| {
            self.0.iter().any(|(name, _)| {
                inside.is_empty() || name.strip_prefix(inside).is_some_and(|behind| behind.starts_with('/'))
            })
        })
    }

    /// Whether a path leads into an archive.
    pub fn has_path(path: &str) -> bool {
        Self::inside(path).is_some()
    }

    fn inside(path: &str) -> Option<&str> {
        let behind = path.strip_prefix(Self::ROOT)?;
        if behind.is_empty() { Some("") } else { behind.strip_prefix('/') }
    }
}

#[cfg(test)]
impl Library {
    /// An archive of these files.
    pub const fn of(files: &'static [(&'static str, &'static str)]) -> Self {
        Self(files)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_lead_into_the_archive_by_its_root() {
        let library = Library::of(&[("a.py", "A"), ("p/__init__.py", "P")]);
        assert_eq!(library.file("<wordcode>/a.py"), Some("A"));
        assert_eq!(library.file("<wordcode>/p/__init__.py"), Some("P"));
        assert_eq!((library.file("a.py"), library.file("<wordcode>a.py")), (None, None));
        assert!(library.has_folder("<wordcode>") && library.has_folder("<wordcode>/p"));
        assert!(!library.has_folder("<wordcode>/a") && !library.has_folder("<wordcode>/a.py"));
    }
}
