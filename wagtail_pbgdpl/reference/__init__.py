"""Reference tables (danh mục dùng chung), their first rows and their administration."""
