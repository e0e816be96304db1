//! Decides whether libraries named in a found `khabar.toml` may be loaded.
//!
//! A file above the working folder may belong to anybody: a downloaded archive, a shared folder, `/tmp`. Code named there
//! runs only if no one but the user or root could have put it there. So every folder, link and file that leads to it is
//! checked:
//!
//! - It belongs to the user or to root. As in git, that is also the user who called `sudo`.
//! - Nobody else can write it. A sticky folder such as `/tmp` will do: there, others cannot replace what is not theirs. A
//!   group whose number is that of the owner has no other member: the group that systems with an umask of 002 make for
//!   each user. Any other group counts as others, as for ssh.

use std::collections::VecDeque;
use std::ffi::OsString;
use std::fmt;
use std::io;
use std::path::{Component, Path, PathBuf};

/// The most links followed, the same as on Linux.
const LINKS: usize = 40;
/// The sticky bit of a folder: others cannot replace files that are not theirs.
const STICKY: u32 = 0o1000;

/// The system's information about a path.
#[derive(Clone, Debug)]
pub(super) struct Facts {
    pub(super) uid: u32,
    pub(super) gid: u32,
    /// The permissions and the sticky bit.
    pub(super) mode: u32,
    pub(super) is_folder: bool,
    /// The target, if it is a symbolic link.
    pub(super) link: Option<PathBuf>,
}

/// The facts behind a decision.
pub(super) trait System {
    /// The user of this process.
    fn user(&self) -> u32;
    /// The user who called `sudo`, if that is how this process became root.
    fn sudo_user(&self) -> Option<u32>;
    /// Information about a path; for a link, about the link itself.
    fn look(&self, path: &Path) -> io::Result<Facts>;
}

/// Why code is not loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Distrust {
    /// The file, folder or link that another user could have created or changed.
    pub path: PathBuf,
    reason: String,
}

impl fmt::Display for Distrust {
    /// `/tmp/x can be written by every user (mode 0777)`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.path.display(), self.reason)
    }
}

/// Checks that only the user and root can change the content of the file `path`, an absolute path.
pub(super) fn check(path: &Path, system: &dyn System) -> Result<(), Distrust> {
    let mut open: VecDeque<OsString> = VecDeque::new();
    let mut at = PathBuf::new();
    let (mut links, mut is_shared) = (0, false);
    push_front(&mut open, path);
    while let Some(step) = open.pop_front() {
        match Path::new(&step).components().next() {
            Some(Component::ParentDir) => {
                at.pop();
                continue;
            }
            None | Some(Component::CurDir) => continue,
            // The root replaces everything before it.
            Some(_) => at.push(&step),
        }
        let refuse = |reason: String| Err(Distrust { path: at.clone(), reason });
        let facts = match system.look(&at) {
            Ok(facts) => facts,
            Err(error) if error.kind() == io::ErrorKind::NotFound && is_shared => {
                return refuse("does not exist, and other users can create it".to_owned());
            }
            // The file does not exist and no one else can create it; opening it will report that.
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return refuse(format!("cannot be inspected: {error}")),
        };
        if let Some(reason) = fault(&facts, system) {
            return refuse(reason);
        }
        if facts.is_folder {
            is_shared = facts.mode & STICKY != 0 && facts.mode & 0o022 != 0;
        }
        if let Some(target) = facts.link {
            links += 1;
            if LINKS < links {
                return refuse("is a link that leads through too many other links".to_owned());
            }
            at.pop();
            push_front(&mut open, &target);
        }
    }
    Ok(())
}

fn push_front(open: &mut VecDeque<OsString>, path: &Path) {
    for component in path.components().rev() {
        open.push_front(component.as_os_str().to_owned());
    }
}

/// The objection to the owner or the permissions, if any.
fn fault(facts: &Facts, system: &dyn System) -> Option<String> {
    let Facts { uid, gid, mode, is_folder, link } = facts;
    let user = system.user();
    if ![Some(user), Some(0), system.sudo_user()].contains(&Some(*uid)) {
        return Some(format!("belongs to the user {uid}, and you are {user}"));
    }
    // The permissions of a link have no effect.
    let guarded = link.is_some() || *is_folder && mode & STICKY != 0;
    let shown = mode & 0o7777;
    match mode & 0o022 {
        0 => None,
        _ if guarded => None,
        0o020 if uid == gid => None,
        0o020 => Some(format!("can be written by the group {gid} (mode {shown:04o})")),
        _ => Some(format!("can be written by every user (mode {shown:04o})")),
    }
}

/// Asks the system.
#[derive(Clone, Copy, Debug)]
pub(super) struct Real;

#[cfg(unix)]
impl System for Real {
    fn user(&self) -> u32 {
        rustix::process::geteuid().as_raw()
    }

    fn sudo_user(&self) -> Option<u32> {
        if self.user() == 0 { std::env::var("SUDO_UID").ok()?.parse().ok() } else { None }
    }

    fn look(&self, path: &Path) -> io::Result<Facts> {
        use std::os::unix::fs::MetadataExt as _;

        let found = std::fs::symlink_metadata(path)?;
        let link = if found.is_symlink() { Some(std::fs::read_link(path)?) } else { None };
        Ok(Facts { uid: found.uid(), gid: found.gid(), mode: found.mode(), is_folder: found.is_dir(), link })
    }
}

/// Systems with other notions of owner and permissions: no library of a found file is loaded.
#[cfg(not(unix))]
impl System for Real {
    fn user(&self) -> u32 {
        0
    }

    fn sudo_user(&self) -> Option<u32> {
        None
    }

    fn look(&self, _: &Path) -> io::Result<Facts> {
        Err(io::Error::new(io::ErrorKind::Unsupported, "khabar cannot tell on this system who can write files"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    const ME: u32 = 1000;
    const OTHER: u32 = 1001;

    struct Fake {
        paths: BTreeMap<PathBuf, Facts>,
        user: u32,
        sudo: Option<u32>,
    }

    impl Fake {
        fn of(paths: &[(&str, Facts)]) -> Self {
            let paths = paths.iter().map(|(path, facts)| (PathBuf::from(path), facts.clone())).collect();
            Self { paths, user: ME, sudo: None }
        }

        fn refusal(&self, path: &str) -> Option<String> {
            check(Path::new(path), self).err().map(|distrust| distrust.to_string())
        }
    }

    impl System for Fake {
        fn user(&self) -> u32 {
            self.user
        }

        fn sudo_user(&self) -> Option<u32> {
            self.sudo
        }

        fn look(&self, path: &Path) -> io::Result<Facts> {
            self.paths.get(path).cloned().ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))
        }
    }

    fn folder(uid: u32, mode: u32) -> Facts {
        Facts { uid, gid: uid, mode, is_folder: true, link: None }
    }

    fn file(uid: u32, mode: u32) -> Facts {
        Facts { is_folder: false, ..folder(uid, mode) }
    }

    fn link(uid: u32, target: &str) -> Facts {
        Facts { link: Some(target.into()), ..file(uid, 0o777) }
    }

    #[test]
    fn what_is_the_users_or_roots_alone_is_trusted() {
        let mut system = Fake::of(&[
            ("/", folder(0, 0o755)),
            ("/u", folder(0, 0o755)),
            ("/u/me", folder(ME, 0o700)),
            ("/u/me/x.so", file(ME, 0o664)),
            ("/tmp", folder(0, 0o1777)),
            ("/tmp/y.so", file(ME, 0o755)),
        ]);
        for path in ["/u/me/x.so", "/u/me/../me/./x.so", "/tmp/y.so", "/u/me/none.so", "/none/at/all.so"] {
            assert_eq!(system.refusal(path), None, "{path}");
        }
        let refused = "/tmp/none.so does not exist, and other users can create it";
        assert_eq!(system.refusal("/tmp/none.so").as_deref(), Some(refused));
        system.user = OTHER;
        let refused = "/u/me belongs to the user 1000, and you are 1001";
        assert_eq!(system.refusal("/u/me/x.so").as_deref(), Some(refused));
        system.user = 0;
        assert!(system.refusal("/u/me/x.so").is_some(), "root trusts root alone");
        system.sudo = Some(ME);
        assert_eq!(system.refusal("/u/me/x.so"), None, "and whoever called sudo");
    }

    #[test]
    fn what_others_can_write_is_not() {
        let with = |folder_at: Facts, file_at: Facts| {
            let system = Fake::of(&[
                ("/", folder(0, 0o755)),
                ("/d", folder_at),
                ("/d/e", folder(ME, 0o755)),
                ("/d/e/x.so", file_at),
            ]);
            system.refusal("/d/e/x.so")
        };
        let mine = || file(ME, 0o755);
        assert_eq!(with(folder(ME, 0o755), mine()), None);
        assert_eq!(with(folder(0, 0o1777), mine()), None, "sticky");
        assert_eq!(with(folder(ME, 0o777), mine()).as_deref(), Some("/d can be written by every user (mode 0777)"));
        assert_eq!(with(folder(ME, 0o775), mine()), None, "the group of the user alone");
        let shared = Facts { gid: 100, ..folder(ME, 0o2775) };
        assert_eq!(with(shared, mine()).as_deref(), Some("/d can be written by the group 100 (mode 2775)"));
        let theirs = with(folder(0, 0o1777), file(OTHER, 0o755));
        assert_eq!(theirs.as_deref(), Some("/d/e/x.so belongs to the user 1001, and you are 1000"));
        assert!(with(folder(ME, 0o755), file(ME, 0o757)).is_some());
        assert!(with(folder(ME, 0o755), file(ME, 0o1757)).is_some(), "a file that is sticky is no folder");
    }

    #[test]
    fn links_are_followed_and_looked_at() {
        let mut system = Fake::of(&[
            ("/", folder(0, 0o755)),
            ("/me", folder(ME, 0o755)),
            ("/me/a.so", link(ME, "../tmp/b.so")),
            ("/me/round.so", link(ME, "round.so")),
            ("/tmp", folder(0, 0o1777)),
            ("/tmp/b.so", link(ME, "/open/c.so")),
            ("/open", folder(ME, 0o755)),
            ("/open/c.so", file(ME, 0o755)),
        ]);
        assert_eq!(system.refusal("/me/a.so"), None);
        assert!(system.refusal("/me/round.so").is_some_and(|refusal| refusal.contains("too many")));
        let mut with = |path: &str, facts: Facts| {
            let before = system.paths.insert(path.into(), facts).expect("it was there");
            let refusal = system.refusal("/me/a.so").unwrap_or_default();
            system.paths.insert(path.into(), before);
            refusal
        };
        assert!(with("/open", folder(ME, 0o777)).starts_with("/open can be written"));
        assert!(with("/tmp/b.so", link(OTHER, "/open/c.so")).starts_with("/tmp/b.so belongs to"), "a link on the way");
        assert!(with("/open/c.so", file(OTHER, 0o755)).starts_with("/open/c.so belongs to"));
    }
}
