-- Two who make the first node at the same moment would make two trees. The program asks whether there is one, but on
-- PostgreSQL neither of the two sees the other; the second is told of a conflict by this.
create unique index node_root on node ((parent_id is null)) where parent_id is null;
